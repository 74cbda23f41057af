// SPDX-License-Identifier: Apache-2.0
// Styles of the Word document: those that Word itself names, so that a municipality's template takes over when the text is pasted.

const TAGS = { nb: "nb-NO", nn: "nn-NO", en: "en-GB" };

function style(
  id,
  name,
  {
    based = "Normal",
    before = 0,
    after = 120,
    size = 22,
    bold = false,
    italic = false,
    colour = null,
    next = true,
    outline = null
  }
) {
  return (
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${based}"/><w:qFormat/>` +
    `<w:pPr>${next ? "" : "<w:keepNext/>"}<w:spacing w:before="${before}" w:after="${after}"/>${outline === null ? "" : `<w:outlineLvl w:val="${outline}"/>`}</w:pPr>` +
    `<w:rPr>${bold ? "<w:b/>" : ""}${italic ? "<w:i/>" : ""}${colour ? `<w:color w:val="${colour}"/>` : ""}<w:sz w:val="${size}"/></w:rPr></w:style>`
  );
}

export function stylesXml(language) {
  const border = side => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="BFBAAE"/>`;
  return (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>' +
    `<w:lang w:val="${TAGS[language] ?? "nb-NO"}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
    style("Title", "Title", { size: 40, bold: true, after: 240 }) +
    style("Heading1", "heading 1", { size: 30, bold: true, before: 360, next: false, outline: 0 }) +
    style("Heading2", "heading 2", { size: 25, bold: true, before: 240, next: false, outline: 1 }) +
    style("Lead", "Lead", { size: 24 }) +
    style("Small", "Small", { size: 18, colour: "565C63" }) +
    style("TableText", "Table Text", { size: 18, after: 20, before: 20 }) +
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>' +
    `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map(border).join("")}</w:tblBorders></w:tblPr>` +
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F3F1EA"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
  );
}
