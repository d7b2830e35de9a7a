package contract

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Shape names what the cells of [Counts] and [Ledger] stand for, and knows where
// they are. Orders are those of the programme file and carry no meaning.
//
// Cells are stored in rows, each a run of one cell for every quarter: row r is
// the cells from r × the number of quarters on. No other package needs to know
// in which order rows follow one another.
type Shape struct {
	Quarters      []calendar.Quarter `json:"quarters"`
	Commissioners []string           `json:"commissioners"`
	Cohorts       []string           `json:"cohorts"`
	States        []string           `json:"states"`
	Metrics       []string           `json:"metrics"`
}

// Row returns the number of a row, counted from 0, of a series that is kept by
// cohort, metric or payer, and by commissioner: of all series but Weeks and
// Costs.
func (s *Shape) Row(of, commissioner int) int { return of*len(s.Commissioners) + commissioner }

// WeeksRow returns the number of a row of Counts.Weeks, counted from 0. The rows
// of a cohort's and commissioner's states follow one another.
func (s *Shape) WeeksRow(w Window, a Arm, cohort, commissioner, state int) int {
	return s.costsRow(w, a, cohort, commissioner)*len(s.States) + state
}

// costsRow returns the number of a row of Ledger.Costs, counted from 0.
func (s *Shape) costsRow(w Window, a Arm, cohort, commissioner int) int {
	return (int(w)*int(numArms)+int(a))*s.Row(len(s.Cohorts), 0) + s.Row(cohort, commissioner)
}

// same reports whether two shapes are alike. It allocates nothing.
func (s *Shape) same(as *Shape) bool {
	return s == as || as != nil && slices.Equal(s.Quarters, as.Quarters) && slices.Equal(s.Commissioners, as.Commissioners) &&
		slices.Equal(s.Cohorts, as.Cohorts) && slices.Equal(s.States, as.States) && slices.Equal(s.Metrics, as.Metrics)
}

// newYear reports whether a quarter begins a financial year after the first.
func (s *Shape) newYear(q int) bool {
	return q > 0 && s.Quarters[q].FinancialYear() != s.Quarters[q-1].FinancialYear()
}

// row is the i-th run of n cells.
func row[N any](cells []N, i, n int) []N { return cells[i*n : (i+1)*n : (i+1)*n] }
