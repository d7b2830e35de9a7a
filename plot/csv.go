package plot

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// row adds a row to the figures that are drawn.
func (f *Figure) row(cells ...any) { f.Rows = append(f.Rows, cells) }

// csv writes the figures that are drawn as a table. Text that a spreadsheet would
// take for a formula begins with an apostrophe.
func (f *Figure) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(f.Columns))
	for i, name := range f.Columns {
		row[i] = words.Safe(name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for n, cells := range f.Rows {
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
		return words.Safe(v), nil
	case int:
		return strconv.Itoa(v), nil
	case Share:
		return written(float64(v))
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
	return "", fmt.Errorf("a cell is a %T: write a string, an int, a float64 or a Share", cell)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
