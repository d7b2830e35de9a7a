package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// order puts the sheets in an order; those of the list that there are not are left out.
func (b *book) order(names ...string) {
	slices.SortStableFunc(b.sheets, func(x, y *sheet) int { return slices.Index(names, x.name) - slices.Index(names, y.name) })
}

// has reports whether there is a sheet.
func (b *book) has(name string) bool {
	return slices.ContainsFunc(b.sheets, func(s *sheet) bool { return s.name == name })
}

// writer writes a described workbook.
type writer struct {
	f      *excelize.File
	styles map[format]int
	title  int
	wrap   int
	text0  int // a text that is not broken into lines
	heads  int
	about  int // lines below a title
	right  int // heads of figures
}

// write writes the workbook: first all sheets without rows, with their widths and
// charts, then the rows of each, as the library of spreadsheets takes them in one go.
// Only so does it keep the value of a formula as a number.
func (b *book) write(to io.Writer, m *maker) error {
	w := &writer{f: excelize.NewFile()}
	defer w.f.Close()
	if err := w.prepare(m); err != nil {
		return err
	}
	for i, s := range b.sheets {
		if err := w.begin(i, s.name); err != nil {
			return err
		}
	}
	for _, s := range b.sheets {
		if err := errors.Join(w.widths(s), w.page(s), w.charts(s), w.onlyNumbers(s)); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	w.f.SetActiveSheet(0)
	for _, s := range b.sheets {
		if err := w.sheet(s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	var file bytes.Buffer
	if _, err := w.f.WriteTo(&file); err != nil {
		return err
	}
	return pack(to, file.Bytes())
}

// begin makes a sheet; a new file has one.
func (w *writer) begin(i int, name string) error {
	if i == 0 {
		return w.f.SetSheetName("Sheet1", name)
	}
	_, err := w.f.NewSheet(name)
	return err
}

// prepare sets what the file is, and its styles.
func (w *writer) prepare(m *maker) error {
	created := m.w.Written.Time().UTC().Format(time.RFC3339)
	if m.w.Written.IsZero() {
		created = "2000-01-01T00:00:00Z"
	}
	if err := w.f.SetDocProps(&excelize.DocProperties{Title: safe(or(m.p.Title, m.p.Name)), Creator: "edgeofcare", LastModifiedBy: "edgeofcare", Created: created, Modified: created, Language: "en-GB", Subject: "Central projection of " + safe(m.w.Result.Version.Label())}); err != nil {
		return err
	}
	always := true
	if err := w.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always}); err != nil {
		return err
	}
	return w.makeStyles(strings.TrimSpace(m.sign))
}

// makeStyles makes the styles: black on white, no fill.
func (w *writer) makeStyles(sign string) error {
	w.styles = map[format]int{}
	top := func(horizontal string, wrap bool) *excelize.Alignment {
		a := &excelize.Alignment{Vertical: "top", Horizontal: horizontal, WrapText: wrap}
		if horizontal == "left" {
			a.Indent = 1
		}
		return a
	}
	var faults []error
	add := func(style excelize.Style) int {
		id, err := w.f.NewStyle(&style)
		faults = append(faults, err)
		return id
	}
	amount := fmt.Sprintf(`"%s"#,##0.00;"-%s"#,##0.00`, sign, sign)
	for f, code := range [...]string{plain: "General", whole: "#,##0;-#,##0", pounds: amount, percent: "0.00##%", factor: "0.000000", weeks: "#,##0.00;-#,##0.00", calendarDay: "d mmm yyyy"} {
		w.styles[format(f)] = add(excelize.Style{CustomNumFmt: &code, Font: font(false, 10), Alignment: top("right", false)})
	}
	w.title = add(excelize.Style{Font: font(true, 14)})
	w.about = add(excelize.Style{Font: font(false, 10)})
	w.text0 = add(excelize.Style{Font: font(false, 10), Alignment: top("left", false)})
	w.wrap = add(excelize.Style{Font: font(false, 10), Alignment: top("left", true)})
	w.heads = add(excelize.Style{Font: font(true, 10), Alignment: top("left", true)})
	w.right = add(excelize.Style{Font: font(true, 10), Alignment: top("right", true)})
	return errors.Join(faults...)
}

func font(bold bool, size float64) *excelize.Font {
	return &excelize.Font{Bold: bold, Size: size, Family: "Arial", Color: "000000"}
}

// sheet writes the rows of one sheet and marks its table.
func (w *writer) sheet(s *sheet) error {
	out, err := w.f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: w.title, Value: safe(s.title)}}); err != nil {
		return err
	}
	for i, about := range s.about {
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), []any{excelize.Cell{StyleID: w.about, Value: safe(about)}}); err != nil {
			return err
		}
	}
	var heads []any
	for i, head := range s.heads {
		style := w.heads
		if s.isFigure(i) {
			style = w.right
		}
		heads = append(heads, excelize.Cell{StyleID: style, Value: safe(head)})
	}
	if err := out.SetRow(fmt.Sprintf("A%d", s.first()-1), heads, excelize.RowOpts{Height: s.height(texts(s.heads...))}); err != nil {
		return err
	}
	for i, row := range s.rows {
		var cells []any
		for j := range row {
			cells = append(cells, w.cell(s, &row[j]))
		}
		if err := out.SetRow(fmt.Sprintf("A%d", s.first()+i), cells, excelize.RowOpts{Height: s.height(row)}); err != nil {
			return err
		}
	}
	if err := w.table(out, s); err != nil {
		return err
	}
	return out.Flush()
}

// cell is a cell with its value, its formula and its style; nil for an empty one.
func (w *writer) cell(s *sheet, c *cell) any {
	if c.value == "" {
		return nil
	}
	style := w.styles[c.format]
	if _, isText := c.value.(string); isText {
		if style = w.wrap; s.axis {
			style = w.text0
		}
	}
	return excelize.Cell{StyleID: style, Value: c.value, Formula: strings.ReplaceAll(c.formula, s.name+"!", "")}
}

// table marks the table of a sheet.
func (w *writer) table(out *excelize.StreamWriter, s *sheet) error {
	last, err := excelize.CoordinatesToCellName(len(s.heads), max(s.first(), s.first()+len(s.rows)-1))
	if err != nil {
		return err
	}
	stripes := false
	return out.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", s.first()-1, last), Name: s.table, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
}

// onlyNumbers lets nothing but numbers be typed as an input.
func (w *writer) onlyNumbers(s *sheet) error {
	if s.name != "Inputs" {
		return nil
	}
	rule := excelize.NewDataValidation(false)
	column := letters(inputColumn)
	rule.SetSqref(fmt.Sprintf("%s%d:%s%d", column, s.first(), column, s.first()+len(s.rows)-1))
	if err := rule.SetRange(-1, 1e12, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
		return err
	}
	rule.SetError(excelize.DataValidationErrorStyleStop, "Not a number", "Write a number: an amount, a number of units, or a share such as 27.5% or 0.275.")
	return w.f.AddDataValidation(s.name, rule)
}

// page prints a sheet as wide as the paper: quarters on A3, all else on A4.
func (w *writer) page(s *sheet) error {
	paper, landscape, fit, wide, high := 9, "landscape", true, 1, 0
	if s.axis {
		paper = 8
	}
	if err := w.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return w.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high})
}

// isFigure reports whether a column holds figures.
func (s *sheet) isFigure(column int) bool {
	for _, row := range s.rows {
		if column < len(row) {
			if _, ok := row[column].value.(float64); ok {
				return true
			}
		}
	}
	return false
}

// widths fits columns to what they hold.
func (w *writer) widths(s *sheet) error {
	for j, width := range s.columnWidths() {
		if err := w.f.SetColWidth(s.name, letters(j), letters(j), float64(width)); err != nil {
			return err
		}
	}
	return nil
}

// columnWidths are as wide as what columns hold, up to a width at which words are broken.
func (s *sheet) columnWidths() []int {
	if s.wide != nil {
		return s.wide
	}
	most := 44
	if len(s.heads) <= 4 {
		most = 96
	}
	for j, head := range s.heads {
		widest := 0
		for _, word := range strings.Fields(head) {
			widest = max(widest, len([]rune(word)))
		}
		for _, row := range s.rows {
			if j < len(row) {
				widest = max(widest, shownWidth(&row[j]))
			}
		}
		width := max(9, widest+3)
		if !s.axis {
			width = min(most, width)
		}
		s.wide = append(s.wide, width)
	}
	return s.wide
}

// height is that of a row whose texts are broken into lines.
func (s *sheet) height(row []cell) float64 {
	lines := 1
	for j := range row {
		if text, ok := row[j].value.(string); ok {
			lines = max(lines, len(words.Wrap(text, s.columnWidths()[j]*11/10)))
		}
	}
	return float64(13*lines + 2)
}

// shownWidth is about how many signs a cell takes.
func shownWidth(c *cell) int {
	switch v := c.value.(type) {
	case string:
		return len([]rune(v))
	case float64:
		n := len(fmt.Sprintf("%.0f", v))
		switch c.format {
		case whole:
			return n + n/3
		case pounds, weeks:
			return n + n/3 + 4
		case calendarDay:
			return 11
		}
		return max(n, 8)
	}
	return 0
}
