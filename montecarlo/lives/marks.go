package lives

import "github.com/edgeofcare/edgeofcare/model/contract"

// marks collects child-weeks by quarter without walking through the quarters of
// each stay: a child is marked in a row where it comes and where it goes, and the
// weeks between are worked out once for all children of the row.
//
// A mark in week k of quarter q stands for a child who is there from then on: the
// weeks from k to the end of q, and from the next quarter on all weeks. Both are
// kept in one number, the children in the upper 32 bits and the weeks in the
// lower, so that coming is one addition and going one subtraction. Whoever never
// goes is there to the horizon.
type marks struct {
	quarters int
	at       []mark  // by week
	lengths  []int64 // weeks in each quarter
	cells    []int64 // row × quarter
	rows     []int   // in which children can be
}

// mark is what a child who is there from one week on adds.
type mark struct {
	quarter int
	amount  int64
}

const childMark = 1 << 32

func newMarks(rows []int, size int, quarter, boundaries []int) marks {
	m := marks{quarters: len(boundaries) - 1, cells: make([]int64, size), rows: rows}
	for q := range m.quarters {
		m.lengths = append(m.lengths, int64(boundaries[q+1]-boundaries[q]))
	}
	for week, q := range quarter {
		m.at = append(m.at, mark{q, childMark + int64(boundaries[q+1]-week)})
	}
	return m
}

// come marks a child who is in a row from a week on.
func (m *marks) come(row, week int) {
	at := &m.at[week]
	m.cells[row*m.quarters+at.quarter] += at.amount
}

// move marks a child who is in another row from a week on.
func (m *marks) move(from, to, week int) {
	at := &m.at[week]
	m.cells[from*m.quarters+at.quarter] -= at.amount
	m.cells[to*m.quarters+at.quarter] += at.amount
}

// settle writes the weeks of every row in which children can be, and clears the
// marks.
func (m *marks) settle(weeks []int64) {
	for _, row := range m.rows {
		cells := m.cells[row*m.quarters:][:len(m.lengths)]
		into := weeks[row*m.quarters:][:len(m.lengths)]
		there := int64(0)
		for q, v := range cells {
			part := int64(int32(v))
			into[q] = part + there*m.lengths[q]
			there += (v - part) >> 32
			cells[q] = 0
		}
	}
}

// rows is where the rows of one child's weeks begin, by window and arm.
type rows [2][2]int

// rowsOf finds the rows of the children of a cohort and commissioner; the states
// follow one another.
func rowsOf(s *contract.Shape, cohort, commissioner int) rows {
	var r rows
	lines := len(s.Cohorts) * len(s.Commissioners)
	line := cohort*len(s.Commissioners) + commissioner
	for w := range r {
		for a := range r[w] {
			r[w][a] = ((w*len(r[w])+a)*lines + line) * len(s.States)
		}
	}
	return r
}
