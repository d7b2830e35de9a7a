package lives

import "github.com/edgeofcare/edgeofcare/model/contract"

// weekCounter counts child-weeks by quarter without walking through the quarters
// of each stay: a child is noted in a row of the tally's weeks when it enters and
// when it moves on, and the weeks between are worked out once for all children of
// the row.
//
// An entry in week k of quarter q stands for a child who is there from then on:
// the weeks from k to the end of q, and from the next quarter on all weeks. Both
// are kept in one number, the children in the upper 32 bits and the weeks in the
// lower, so that an entry is one addition and an exit one subtraction. Whoever
// never moves on is there to the horizon.
type weekCounter struct {
	quarters int
	entries  []entry // by week
	lengths  []int64 // weeks in each quarter
	cells    []int64 // row × quarter
	rows     []int   // in which children can be
}

// entry is what a child who is there from one week on adds.
type entry struct {
	quarter int
	amount  int64
}

const oneChild = 1 << 32

func newWeekCounter(rows []int, size int, quarter, boundaries []int) weekCounter {
	w := weekCounter{quarters: len(boundaries) - 1, cells: make([]int64, size), rows: rows}
	for q := range w.quarters {
		w.lengths = append(w.lengths, int64(boundaries[q+1]-boundaries[q]))
	}
	for week, q := range quarter {
		w.entries = append(w.entries, entry{q, oneChild + int64(boundaries[q+1]-week)})
	}
	return w
}

// enter notes a child who is in a row from a week on.
func (w *weekCounter) enter(row, week int) {
	e := &w.entries[week]
	w.cells[row*w.quarters+e.quarter] += e.amount
}

// move notes a child who is in another row from a week on.
func (w *weekCounter) move(from, to, week int) {
	e := &w.entries[week]
	w.cells[from*w.quarters+e.quarter] -= e.amount
	w.cells[to*w.quarters+e.quarter] += e.amount
}

// count writes the weeks of every row in which children can be, and starts
// again from nothing.
func (w *weekCounter) count(weeks []int64) {
	for _, row := range w.rows {
		cells := w.cells[row*w.quarters:][:len(w.lengths)]
		into := weeks[row*w.quarters:][:len(w.lengths)]
		there := int64(0)
		for q, v := range cells {
			part := int64(int32(v))
			into[q] = part + there*w.lengths[q]
			there += (v - part) >> 32
			cells[q] = 0
		}
	}
}

// weekRows is where the rows of one child's weeks begin, by window and arm.
type weekRows [2][2]int

// weekRowsOf finds the rows of the children of a cohort and commissioner; the
// states follow one another.
func weekRowsOf(s *contract.Shape, cohort, commissioner int) weekRows {
	var r weekRows
	for w := range r {
		for a := range r[w] {
			r[w][a] = s.WeeksRow(contract.Window(w), contract.Arm(a), cohort, commissioner, 0)
		}
	}
	return r
}
