import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import PDFDocument from "pdfkit";

/** Points: 72 to the inch, on A4. */
const MARGIN = 50;
const FOOT = 40;
const CELL_GAP = 8;
const INK = "#1a1d23";
const FAINT = "#5c6470";
const RULE = "#c9ced6";

const read = (url: string): Buffer => readFileSync(fileURLToPath(url));
let fonts: { readonly plain: Buffer; readonly bold: Buffer } | null = null;

/** A column of a table: its share of the width, and where its text stands. */
export type Column = { readonly head: string; readonly share: number; readonly align?: "left" | "right" };

type TextStyle = { readonly size?: number; readonly bold?: boolean; readonly faint?: boolean; readonly gap?: number };

/** Sheets of paper that fill up from top to bottom; a new one begins where the last is full. */
export class PdfSheets {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;

  constructor(title: string) {
    fonts ??= {
      plain: read(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf")),
      bold: read(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf")),
    };
    this.#pdf = new PDFDocument({
      size: "A4",
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      bufferPages: true,
      lang: "en",
      displayTitle: true,
      info: { Title: title },
    });
    this.#pdf.registerFont("plain", fonts.plain).registerFont("bold", fonts.bold);
    this.#bytes = new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      this.#pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
      this.#pdf.on("end", () => resolve(Buffer.concat(chunks)));
      this.#pdf.on("error", reject);
    });
  }

  get #width(): number {
    return this.#pdf.page.width - 2 * MARGIN;
  }

  get #bottom(): number {
    return this.#pdf.page.height - MARGIN - FOOT;
  }

  /** A paragraph over the whole width. */
  text(words: string, { size = 9, bold = false, faint = false, gap = 4 }: TextStyle = {}): void {
    this.#use(size, bold, faint);
    this.#makeRoom(this.#pdf.heightOfString(words, { width: this.#width }));
    this.#use(size, bold, faint).text(words, MARGIN, this.#pdf.y, { width: this.#width });
    this.#pdf.y += gap;
  }

  space(points: number): void {
    this.#pdf.y += points;
  }

  /** Starts a new sheet unless `points` more fit on this one. */
  keepTogether(points: number): void {
    this.#makeRoom(points);
  }

  newSheet(): void {
    this.#pdf.addPage();
  }

  /** Blocks of lines side by side, the first line of each bold. */
  blocks(blocks: readonly (readonly string[])[]): void {
    const width = (this.#width - CELL_GAP * (blocks.length - 1)) / blocks.length;
    const top = this.#pdf.y;
    let end = top;
    for (const [column, lines] of blocks.entries()) {
      this.#pdf.y = top;
      for (const [index, line] of lines.entries())
        this.#use(9, index === 0, index > 0).text(line, MARGIN + column * (width + CELL_GAP), this.#pdf.y, { width });
      end = Math.max(end, this.#pdf.y);
    }
    this.#pdf.y = end;
  }

  /** A table whose head is repeated on each sheet that it reaches. Rows marked strong are bold. */
  table(
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
    strong: ReadonlySet<number> = new Set(),
  ): void {
    const withHead = columns.some(({ head }) => head !== "");
    const head = columns.map((column) => column.head);
    if (withHead) this.#row(columns, head, { size: 8, faint: true });
    for (const [index, row] of rows.entries()) {
      const style = { bold: strong.has(index) };
      const height = this.#heightOf(columns, row, style);
      if (this.#pdf.y + height > this.#bottom) {
        this.#pdf.addPage();
        if (withHead) this.#row(columns, head, { size: 8, faint: true });
      }
      this.#row(columns, row, style);
    }
  }

  /** Numbers the sheets, each with `words` at its foot. @returns the finished document */
  async finish(words: string): Promise<Buffer> {
    const { start, count } = this.#pdf.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.#pdf.switchToPage(page);
      // Text below the margin would begin a new sheet.
      this.#pdf.page.margins.bottom = 0;
      const y = this.#pdf.page.height - MARGIN;
      this.#use(7.5, false, true)
        .text(words, MARGIN, y, { width: this.#width - 90, height: 10, ellipsis: true, lineBreak: false })
        .text(`Page ${page - start + 1} of ${count}`, MARGIN + this.#width - 80, y, { width: 80, align: "right" });
    }
    this.#pdf.end();
    return this.#bytes;
  }

  #use(size: number, bold: boolean, faint: boolean): PDFKit.PDFDocument {
    return this.#pdf
      .font(bold ? "bold" : "plain")
      .fontSize(size)
      .fillColor(faint ? FAINT : INK);
  }

  #makeRoom(height: number): void {
    if (this.#pdf.y + height > this.#bottom) this.#pdf.addPage();
  }

  #cellsOf(columns: readonly Column[]): { x: number; width: number }[] {
    const all = columns.reduce((sum, { share }) => sum + share, 0);
    const room = this.#width - CELL_GAP * (columns.length - 1);
    let x = MARGIN;
    return columns.map(({ share }) => {
      const cell = { x, width: (room * share) / all };
      x += cell.width + CELL_GAP;
      return cell;
    });
  }

  #heightOf(columns: readonly Column[], row: readonly string[], { size = 9, bold = false }: TextStyle): number {
    this.#use(size, bold, false);
    const heights = this.#cellsOf(columns).map(({ width }, index) =>
      this.#pdf.heightOfString(row[index] ?? "", { width, align: columns[index]?.align ?? "left" }),
    );
    return Math.max(...heights) + 6;
  }

  #row(columns: readonly Column[], row: readonly string[], style: TextStyle): void {
    const { size = 9, bold = false, faint = false } = style;
    const height = this.#heightOf(columns, row, style);
    const top = this.#pdf.y;
    for (const [index, { x, width }] of this.#cellsOf(columns).entries())
      this.#use(size, bold, faint).text(row[index] ?? "", x, top + 3, {
        width,
        align: columns[index]?.align ?? "left",
      });
    this.#pdf
      .moveTo(MARGIN, top + height)
      .lineTo(MARGIN + this.#width, top + height)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    this.#pdf.x = MARGIN;
    this.#pdf.y = top + height;
  }
}
