# SPDX-License-Identifier: Apache-2.0
"""Every key of the YAML files, from the JSON Schemas that the reader of the files is tested against."""
import json

# How patterns of durations and dates are told; the definitions of all schemas call them so.
NAMED = {"code": "name", "date": "date", "duration": "duration", "year": "year", "month_day": "month-day"}


class Schema:
    def __init__(self, path):
        self.document = json.loads(path.read_text(encoding="utf-8"))
        self.kind = path.name.removesuffix(".schema.json")

    def target(self, node):
        """What a $ref leads to, with what stands beside it; and the name of the definition."""
        name = None
        while "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
            beside = {key: value for key, value in node.items() if key != "$ref"}
            node = {**self.document["definitions"][name], **beside}
        return node, name


def branches(node):
    """The ways in which a value may be written."""
    for word in ("anyOf", "oneOf", "allOf"):
        if word in node and not all(set(each) <= {"required", "properties", "not"} for each in node[word]):
            return node[word]
    return []


def types_of(schema, node, depth=0):
    """Words for what a value is: number, duration, a | b."""
    node, name = schema.target(node)
    if "enum" in node:
        return [f"`{json.dumps(value, ensure_ascii=False)}`" if value is None or not isinstance(value, str) else f"`{value}`" for value in node["enum"]]
    if "const" in node:
        return [f"`{node['const']}`"]
    if name in NAMED:
        return [NAMED[name]]
    if depth < 6 and (ways := branches(node)):
        return list(dict.fromkeys(word for way in ways for word in types_of(schema, way, depth + 1))) or ["anything"]
    declared = node.get("type", [])
    return [type_word(schema, node, word, depth) for word in ([declared] if isinstance(declared, str) else declared)] or ["anything"]


def type_word(schema, node, word, depth):
    if word == "array" and isinstance(node.get("items"), dict) and depth < 4:
        return "list of " + " or ".join(types_of(schema, node["items"], depth + 1))
    bounds = bounds_of(node) if word in ("integer", "number") else ""
    return {"object": "map", "array": "list", "string": "text", "boolean": "true, false", "null": "`null`"}.get(word, word) + bounds


def bounds_of(node):
    low = f"≥ {node['minimum']}" if "minimum" in node else f"> {node['exclusiveMinimum']}" if "exclusiveMinimum" in node else ""
    high = f"≤ {node['maximum']}" if "maximum" in node else f"< {node['exclusiveMaximum']}" if "exclusiveMaximum" in node else ""
    return f" ({', '.join(filter(None, (low, high)))})" if low or high else ""


def children(schema, node, seen, depth=0):
    """(path, node, required) of the maps that a value may be: their keys, [] in lists, NAME in maps of names."""
    node, name = schema.target(node)
    if name in seen or depth > 12:
        return
    seen = seen | {name} if name else seen
    for key, value in node.get("properties", {}).items():
        if isinstance(value, dict) and value != {"type": "null"}:
            yield f".{key}", value, key in node.get("required", []), seen
    if isinstance(node.get("additionalProperties"), dict):
        yield ".NAME", node["additionalProperties"], False, seen
    if isinstance(node.get("items"), dict):
        yield from ((f"[]{path}", value, must, more) for path, value, must, more in children(schema, node["items"], seen, depth + 1))
    for word in ("anyOf", "oneOf", "allOf"):
        for way in node.get(word, []):
            yield from children(schema, way, seen, depth + 1)


def keys(schema, node, prefix="", seen=frozenset()):
    """(path, node, required) of every key, once, in the order of the schema."""
    met = set()
    for path, value, must, more in children(schema, node, seen):
        if path in met:
            continue
        met.add(path)
        whole = (prefix + path).lstrip(".")
        yield whole, value, must
        yield from keys(schema, value, whole, more)


def description(schema, node):
    """Of the key, or of what it refers to."""
    node, _ = schema.target(node)
    found = [node["description"]] if "description" in node else [schema.target(way)[0].get("description", "") for way in branches(node)[:1]]
    text = " ".join(filter(None, found))
    if "examples" in node:
        text += " For example " + ", ".join(f"`{json.dumps(value, ensure_ascii=False)}`" for value in node["examples"][:3]) + "."
    return text.strip()


def known(words):
    """Without what says nothing beside other words."""
    return [word for word in words if word != "anything"] or words


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def page(path, formats):
    """The page of one schema."""
    schema = Schema(path)
    title = schema.document["title"].removeprefix("utvei ")
    required = set(schema.document.get("required", [])) | set(schema.document.get("else", {}).get("required", []))
    article = "an" if title[0] in "aeiou" else "a"
    lines = [f"# Keys of {article} {title} file", "", schema.document["description"].split(" docs/")[0], "",
             f"Made of [{path.name}](../formats/schema/{path.name}), which an editor can check files against; `utvei check` checks more. `[]`: each item of a list. `NAME`: a name of your own. ● must be there, where the map is that it is a key of."]
    if (formats / f"{schema.kind}.md").exists():
        lines += ["", f"What the keys mean together stands in [{schema.kind}](../formats/{schema.kind}.md)."]
    lines += ["", "| Key | | Value | What it says |", "|---|---|---|---|"]
    for key, node, must in keys(schema, schema.document):
        kinds = cell(" or ".join(known(types_of(schema, node))))
        lines.append(f"| `{key}` | {'●' if must or key in required else ''} | {kinds} | {cell(description(schema, node))} |")
    return "\n".join(lines) + "\n"
