package plot

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Table is the figures that a figure draws. A cell is a string, an int or a
// float64; the unit stands in the column's name.
type Table struct {
	Columns []string
	Rows    [][]any
}

// Add adds a row.
func (t *Table) Add(cells ...any) { t.Rows = append(t.Rows, cells) }

// CSV writes the figures that are drawn as a table. Text that a spreadsheet
// would take for a formula is quoted with an apostrophe.
func (f *Figure) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(f.Data.Columns))
	for i, name := range f.Data.Columns {
		row[i] = safe(name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for n, cells := range f.Data.Rows {
		row = row[:0]
		for _, cell := range cells {
			text, err := written(cell)
			if err != nil {
				return fmt.Errorf("plot: row %d of the data: %w", n+1, err)
			}
			row = append(row, text)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// written writes one cell. Numbers keep six decimals, more than any input has.
func written(cell any) (string, error) {
	switch v := cell.(type) {
	case string:
		return safe(v), nil
	case int:
		return strconv.Itoa(v), nil
	case float64:
		if !finite(v) {
			return "", nil
		}
		text := strconv.FormatFloat(v, 'f', 6, 64)
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		if text == "-0" {
			text = "0"
		}
		return text, nil
	}
	return "", fmt.Errorf("a cell is a %T: write a string, an int or a float64", cell)
}

// safe returns text that a spreadsheet will not take for a formula.
func safe(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
