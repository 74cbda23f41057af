// SPDX-License-Identifier: Apache-2.0
// The chapter on the clipboard: as rich text with headings and tables, and as plain text. Pictures are in the .docx.

const escape = text =>
  String(text).replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);

export function chapterHtml(blocks) {
  return blocks
    .map(block => {
      switch (block.type) {
        case "title":
          return `<h1>${escape(block.text)}</h1>`;
        case "heading":
          return `<h${block.level + 1}>${escape(block.text)}</h${block.level + 1}>`;
        case "table":
          return tableHtml(block);
        case "figure":
          return "";
        default:
          return `<p>${escape(block.text)}</p>`;
      }
    })
    .join("\n");
}

function tableHtml({ head, rows, same, note }) {
  const line = (cells, tag) => `<tr>${cells.map(cell => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  return `<table>${line(head, "th")}${rows.map(row => line(row, "td")).join("")}</table>${[same, note]
    .filter(Boolean)
    .map(text => `<p>${escape(text)}</p>`)
    .join("")}`;
}

export function chapterText(blocks) {
  return blocks
    .map(block => {
      switch (block.type) {
        case "title":
          return `${block.text}\n`;
        case "heading":
          return `\n${block.text}\n`;
        case "table":
          return (
            [block.head, ...block.rows].map(cells => cells.join("\t")).join("\n") +
            [block.same, block.note]
              .filter(Boolean)
              .map(text => `\n${text}`)
              .join("") +
            "\n"
          );
        case "figure":
          return "";
        default:
          return block.text;
      }
    })
    .filter(Boolean)
    .join("\n");
}

/** Whether the browser took it. */
export async function copyChapter(blocks) {
  const text = chapterText(blocks),
    html = chapterHtml(blocks);
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/plain": new Blob([text], { type: "text/plain" }),
        "text/html": new Blob([html], { type: "text/html" })
      })
    ]);
    return true;
  } catch {
    return copyByEvent(text, html);
  }
}

/** Browsers that keep the clipboard from files still hand it to a copy event. */
function copyByEvent(text, html) {
  let taken = false;
  const listen = event => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    taken = true;
  };
  document.addEventListener("copy", listen);
  document.execCommand("copy");
  document.removeEventListener("copy", listen);
  return taken;
}
