package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// marks collects child-weeks by quarter without walking through the quarters of
// each stay: a stay is marked where it begins and where it ends, and the weeks
// between are worked out once for all stays of a row.
//
// A mark in week k of quarter q stands for a child who is there from then on: the
// weeks from k to the end of q, and from the next quarter on all weeks. Both are
// kept in one number, the children in the upper 32 bits and the weeks in the
// lower, so that a stay is one addition where it begins and one subtraction
// where it ends.
type marks struct {
	quarters int
	at       []mark  // by week; one more for the horizon
	lengths  []int64 // weeks in each quarter
	cells    []int64 // row × quarter
	used     []bool  // by row
}

// mark is what a child who is there from one week on adds.
type mark struct {
	quarter int
	amount  int64
}

const childMark = 1 << 32

func newMarks(rows int, quarter, boundaries []int) marks {
	m := marks{quarters: len(boundaries) - 1}
	for q := range m.quarters {
		m.lengths = append(m.lengths, int64(boundaries[q+1]-boundaries[q]))
	}
	for week, q := range quarter {
		m.at = append(m.at, mark{q, childMark + int64(boundaries[q+1]-week)})
	}
	m.at = append(m.at, mark{m.quarters - 1, childMark})
	m.cells, m.used = make([]int64, rows*m.quarters), make([]bool, rows)
	return m
}

// stay marks a child who is there in the weeks from to to - 1.
func (m *marks) stay(row, from, to int) {
	m.used[row] = true
	cells := m.cells[row*m.quarters : (row+1)*m.quarters]
	begin, end := &m.at[from], &m.at[to]
	cells[begin.quarter] += begin.amount
	cells[end.quarter] -= end.amount
}

// settle writes the weeks of every row that was used, and clears the marks.
func (m *marks) settle(weeks []int64) {
	for row, used := range m.used {
		if !used {
			continue
		}
		m.used[row] = false
		cells := m.cells[row*m.quarters : (row+1)*m.quarters]
		into := weeks[row*m.quarters : (row+1)*m.quarters]
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
