package lives

import (
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The lives of a child are one until the start, and the life of a child who never
// starts is the same in all three counts. What the lives have in common is marked
// once; each life after a start has marks of its own, which say how it goes on
// otherwise. A mark is that of a weekCounter, and marks only ever add up: a life's
// weeks come from the sum of the common marks and its own.

// The parts of a cohort's marks.
const (
	inCommon = iota
	ofWithout
	ofWith
	ofDrawnAnew
	parts
)

// marks are the marks of all cohorts whose children live in blocks: for each of them by
// part, window, commissioner, state and quarter; then the weeks of open cases and those
// that are paid, by commissioner and quarter.
type marks struct {
	cells   []int64
	lengths []int64 // weeks in each quarter
	lived   []livedRows
	added   []addedRow
}

// livedRows is where the marks of a state are, and the first cells of the tally that
// they are counted into; -1 where no child can be.
type livedRows struct {
	from [parts]int
	into [parts]int // but for inCommon
}

// addedRow is marks that are added to cells of the tally.
type addedRow struct {
	from int
	into []int64
}

// cohortMarks is where the marks of a cohort are. Groups are of the children of one
// commissioner.
type cohortMarks struct {
	first               uint32   // of the first group, in common, tracked
	part, window, group uint32   // from one to the next
	rows                []uint32 // by state: where it begins in a group
	nowhere             uint32   // the row of a child not yet referred
	open                uint32   // of the first commissioner
	paid                []uint32 // the same, by metric; none where whole lives are looked at
}

// add makes room for the marks of a cohort.
func (m *marks) add(s *Simulator, c *cohort) cohortMarks {
	t, quarters, commissioners := s.tables, uint32(len(m.lengths)), uint32(len(s.tables.shape.Commissioners))
	k := cohortMarks{first: uint32(len(m.cells)), rows: make([]uint32, len(c.rows))}
	for state := range c.rows { // the states that can be reached, without gaps: fewer cells stay nearer
		if c.reached[contract.Intervention].Has(state) {
			k.rows[state] = k.nowhere
			k.nowhere += quarters
		}
	}
	k.group = k.nowhere + quarters
	k.window = k.group * commissioners
	k.part = k.window * 2
	k.open = k.first + k.part*parts
	end := k.open + commissioners*quarters
	if !c.curves.whole {
		for range c.metrics {
			k.paid = append(k.paid, end)
			end += commissioners * quarters
		}
	}
	m.cells = append(m.cells, make([]int64, end-k.first)...)
	for group := range int(commissioners) {
		m.addLived(t, c, &k, group)
		at := int(quarters) * group
		m.added = append(m.added, addedRow{int(k.open) + at, s.tally.PreparingIn(c.index, group)})
		for i, from := range k.paid {
			m.added = append(m.added, addedRow{int(from) + at, s.tally.UnitsOf(c.metrics[i].index, group)})
		}
	}
	return k
}

// addLived lists the rows of a group's states.
func (m *marks) addLived(t *Tables, c *cohort, k *cohortMarks, group int) {
	arms := [parts]contract.Arm{ofWithout: contract.Counterfactual, ofWith: contract.Intervention, ofDrawnAnew: contract.Counterfactual}
	for window := range c.weeks[group] {
		for state := range c.rows {
			if !c.reached[contract.Intervention].Has(state) {
				continue
			}
			var rows livedRows
			for part := range parts {
				rows.from[part] = int(k.first+k.rows[state]) + part*int(k.part) + window*int(k.window) + group*int(k.group)
				rows.into[part] = -1
				if arm := arms[part]; part != inCommon && c.reached[arm].Has(state) {
					rows.into[part] = (c.weeks[group][window][arm] + state) * len(m.lengths)
				}
			}
			m.lived = append(m.lived, rows)
		}
	}
}

// count writes what was marked to a tally, and starts again from nothing.
func (m *marks) count(t *contract.Tally) {
	for i := range m.lived {
		rows := &m.lived[i]
		for part, into := range rows.into {
			weeks := t.Weeks
			if part == ofDrawnAnew {
				weeks = t.Independent.Weeks
			}
			if into >= 0 {
				m.write(rows.from[inCommon], rows.from[part], weeks[into:])
			}
		}
	}
	for i := range m.added {
		m.addTo(m.added[i].from, m.added[i].into)
	}
	clear(m.cells)
}

// write writes the weeks of two rows of marks together.
func (m *marks) write(common, own int, into []int64) {
	a, b := m.cells[common:][:len(m.lengths)], m.cells[own:][:len(m.lengths)]
	into = into[:len(m.lengths)]
	there := int64(0)
	for q, length := range m.lengths {
		mark := a[q] + b[q]
		weeks := int64(int32(mark))
		into[q] = weeks + there*length
		there += (mark - weeks) >> 32
	}
}

// addTo adds the weeks of a row of marks.
func (m *marks) addTo(from int, into []int64) {
	row := m.cells[from:][:len(m.lengths)]
	into = into[:len(m.lengths)]
	there := int64(0)
	for q, length := range m.lengths {
		weeks := int64(int32(row[q]))
		into[q] += weeks + there*length
		there += (row[q] - weeks) >> 32
	}
}
