// SPDX-License-Identifier: Apache-2.0
// The chapter as a Word document (ECMA-376): headings and captions by style, tables with a head row that repeats, pictures with alternative text.
import { strToU8, zipSync } from "fflate";
import { pngOf } from "../download/picture.js";
import { stylesXml } from "./docx_styles.js";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";
const EMU_PER_PX = 9525;
const TEXT_WIDTH_PX = 605; // 16 cm
const TWIPS = 9072;
const FIXED = new Date(Date.UTC(2000, 0, 1));
const STYLES = { title: "Title", lead: "Lead", small: "Small", paragraph: null };

const LEFT_OUT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escape = text =>
  String(text)
    .replace(LEFT_OUT, "")
    .replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);

const run = (text, properties = "") =>
  `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ""}<w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;

function paragraph(text, style, more = "") {
  const properties = (style ? `<w:pStyle w:val="${style}"/>` : "") + more;
  return `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ""}${run(text)}</w:p>`;
}

/** Widths of columns by their longest texts, so that names get room and years do not. */
function widthsOf(head, rows) {
  const letters = head.map((text, at) =>
    Math.min(
      30,
      Math.max(
        5,
        ...String(text)
          .split(/\s+/)
          .map(word => word.length + 1),
        ...rows.map(row => String(row[at]).length)
      )
    )
  );
  const all = letters.reduce((sum, count) => sum + count, 0);
  return letters.map(count => Math.floor((TWIPS * count) / all));
}

function table({ head, rows, numbers, same = "", note = "" }) {
  const widths = widthsOf(head, rows);
  const cell = (text, at) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[at]}" w:type="dxa"/></w:tcPr>${paragraph(text, "TableText", numbers[at] ? '<w:jc w:val="right"/>' : "")}</w:tc>`;
  const line = (cells, properties) =>
    `<w:tr><w:trPr><w:cantSplit/>${properties}</w:trPr>${cells.map(cell).join("")}</w:tr>`;
  const grid = widths.map(width => `<w:gridCol w:w="${width}"/>`).join("");
  return (
    `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${TWIPS}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>` +
    line(head, "<w:tblHeader/>") +
    rows.map(row => line(row, "")).join("") +
    "</w:tbl>" +
    paragraph([same, note].filter(Boolean).join(" "), "Small")
  );
}

function inlinePicture({ number, width, height, alt, title }) {
  const scale = Math.min(1, TEXT_WIDTH_PX / width);
  const size = `cx="${Math.round(width * scale * EMU_PER_PX)}" cy="${Math.round(height * scale * EMU_PER_PX)}"`;
  const named = `id="${number}" name="${escape(title)}" descr="${escape(alt)}"`;
  return (
    `<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr ${named}/><a:graphic xmlns:a="${DRAWING}/main">` +
    `<a:graphicData uri="${DRAWING}/picture"><pic:pic xmlns:pic="${DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="${number}" name="figure-${number}.png"/><pic:cNvPicPr/></pic:nvPicPr>` +
    `<pic:blipFill><a:blip r:embed="picture${number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm>` +
    `<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
  );
}

/** Body of the document and the pictures that it takes; a figure that draws nothing is left out. */
async function bodyOf(blocks, drawPicture) {
  const parts = [],
    pictures = [];
  for (const block of blocks) {
    if (block.type === "heading") parts.push(paragraph(block.text, `Heading${block.level}`));
    else if (block.type === "table") parts.push(table(block));
    else if (block.type !== "figure") parts.push(paragraph(block.text, STYLES[block.type]));
    else {
      const picture = block.picture();
      if (!picture) continue;
      const drawn = await drawPicture(picture);
      pictures.push(drawn.bytes);
      parts.push(inlinePicture({ ...drawn, number: pictures.length, alt: block.alt, title: block.title }));
    }
  }
  return { body: parts.join(""), pictures };
}

function documentXml(body) {
  return (
    `${HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}/wordprocessingDrawing"><w:body>${body}` +
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
  );
}

function relations(entries) {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
}

function contentTypes() {
  const main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
    `<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${main}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${main}.styles+xml"/></Types>`
  );
}

/** The bytes of the document; the same chapter gives the same bytes. */
export async function docxOf(blocks, language, drawPicture = picture => pngOf(picture, { bare: true })) {
  const { body, pictures } = await bodyOf(blocks, drawPicture);
  const files = {
    "[Content_Types].xml": strToU8(contentTypes()),
    "_rels/.rels": strToU8(relations([["document", "officeDocument", "word/document.xml"]])),
    "word/document.xml": strToU8(documentXml(body)),
    "word/styles.xml": strToU8(HEAD + stylesXml(language)),
    "word/_rels/document.xml.rels": strToU8(
      relations([
        ["styles", "styles", "styles.xml"],
        ...pictures.map((bytes, at) => [`picture${at + 1}`, "image", `media/figure-${at + 1}.png`])
      ])
    )
  };
  pictures.forEach((bytes, at) => {
    files[`word/media/figure-${at + 1}.png`] = [bytes, { level: 0 }];
  });
  return zipSync(files, { mtime: FIXED });
}
