package report

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Figures are rounded one by one, so that parts that make up a total need not add up
// to it as they are shown. Where that happens in a table, a note says so: it is found
// from the figures themselves, so that no table can leave it out.

// mostRows is how many figures of a column are looked at: longer tables are registers.
const mostRows = 200

// withRounding are tables with a note on those whose figures do not add up as shown.
func withRounding(tables []Table) []Table {
	for i := range tables {
		if tables[i].narrow {
			continue // it says at its head how its amounts are rounded
		}
		if apart := roundedApart(&tables[i]); len(apart) > 0 {
			note := "Each figure is rounded by itself, so that parts may differ from the total shown with them, here by up to " + words.And(apart) + "."
			tables[i].Notes = slices.Insert(slices.Clone(tables[i].Notes), 0, note)
		}
	}
	return tables
}

// roundedApart returns by how much figures that add up do not do so as they are
// shown, at most, in each unit; nothing if all do.
func roundedApart(t *Table) []string {
	a := apart{most: map[string]shownFigure{}}
	columns := make([][]shownFigure, len(t.Columns))
	for i := range t.Columns {
		columns[i] = shownFigures(t.column(i))
		a.runs(columns[i])
		a.pairs(columns[i])
	}
	for i := range t.Rows {
		across := shownFigures(t.Rows[i].Cells)
		a.runs(across)
		a.pairs(across)
	}
	for i := range columns {
		for k := range columns {
			if i != k {
				a.upTo(columns[i], columns[k])
			}
		}
	}
	var said []string
	for _, unit := range a.units {
		said = append(said, a.most[unit].inWords())
	}
	return said
}

// shownFigure is a figure and what is shown of it.
type shownFigure struct {
	value, shown float64
	unit         string
	decimals     int
	at           int // in its column or row
}

// shownFigures are the figures of cells that may be parts of a total.
func shownFigures(cells []Cell) []shownFigure {
	var all []shownFigure
	for i, c := range cells {
		if c.Value == nil || len(all) == mostRows || !slices.Contains([]string{unitPounds, "children", "weeks", "units"}, c.Unit) {
			continue
		}
		all = append(all, shownFigure{*c.Value, rounded(*c.Value, c.Decimals), c.Unit, c.Decimals, i})
	}
	return all
}

// rounded is a figure to so many decimals.
func rounded(v float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(v*scale) / scale
}

// inWords is a difference in its unit.
func (f shownFigure) inWords() string {
	if f.unit == unitPounds {
		if f.shown < 1 {
			return words.Pence(f.shown)
		}
		return words.Pounds(f.shown)
	}
	number := words.Number(f.shown, max(0, f.decimals))
	if one, ok := map[string]string{"children": "child", "weeks": "week", "units": "unit"}[f.unit]; ok && number == "1" {
		return "1 " + one
	}
	return number + " " + f.unit
}

// apart collects the largest difference in each unit.
type apart struct {
	units []string
	most  map[string]shownFigure
}

// note records that parts make up a total, but for rounding.
func (a *apart) note(total shownFigure, shown float64) {
	difference := math.Abs(shown - total.shown)
	if difference < 1e-6*math.Pow10(-total.decimals) {
		return
	}
	if _, known := a.most[total.unit]; !known {
		a.units = append(a.units, total.unit)
	}
	if difference > a.most[total.unit].shown {
		a.most[total.unit] = shownFigure{shown: difference, unit: total.unit, decimals: total.decimals}
	}
}

// makeUp reports whether a sum is a total, apart from what binary fractions do.
func makeUp(sum float64, total shownFigure) bool {
	return math.Abs(sum-total.value) <= 1e-9*max(1, math.Abs(total.value))
}

// runs finds totals of figures that stand one below another: payments by payer under
// all payments.
func (a *apart) runs(figures []shownFigure) {
	for from := range figures {
		sum, shown := figures[from].value, figures[from].shown
		for to := from + 1; to < len(figures) && figures[to].unit == figures[from].unit; to++ {
			sum, shown = sum+figures[to].value, shown+figures[to].shown
			for i, total := range figures {
				if (i < from || i > to) && total.unit == figures[from].unit && makeUp(sum, total) {
					a.note(total, shown)
				}
			}
		}
	}
}

// pairs finds amounts that are two others together, wherever they stand: gross avoided
// cost is payments and the net saving.
func (a *apart) pairs(figures []shownFigure) {
	for i, one := range figures {
		if one.unit != unitPounds {
			continue
		}
		for k, other := range figures[:i] {
			for n, total := range figures {
				if n != i && n != k && total.unit == one.unit && makeUp(one.value+other.value, total) {
					a.note(total, one.shown+other.shown)
				}
			}
		}
	}
}

// upTo finds totals so far of another column: payments up to each quarter beside
// those of the quarter.
func (a *apart) upTo(totals, parts []shownFigure) {
	for _, total := range totals {
		sum, shown, n := 0.0, 0.0, 0
		for _, part := range slices.Backward(parts) {
			if part.at > total.at || part.unit != total.unit {
				continue
			}
			sum, shown, n = sum+part.value, shown+part.shown, n+1
			if n > 1 && makeUp(sum, total) {
				a.note(total, shown)
			}
		}
	}
}
