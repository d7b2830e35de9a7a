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

// marks are the marks of one cohort after the other: by part, window, commissioner,
// state and quarter; then the weeks of open cases and those that are paid, by
// commissioner and quarter. Each cohort is counted before the next is marked, so that the
// cells stay in the nearest memory.
type marks struct {
	cells   []int64 // as many as the cohort with the most needs
	lengths []int64 // weeks in each quarter
}

// cohortMarks is where the marks of a cohort are. Groups are of the children of one
// commissioner.
type cohortMarks struct {
	part, window, group uint32   // from one to the next
	rows                []uint32 // by state: where it begins in a group
	nowhere             uint32   // the row of a child not yet referred
	open                uint32   // of the first commissioner
	paid                []uint32 // the same, by metric; none where whole lives are looked at
	size                uint32
	lived               []livedRows
	added               []addedRow
}

// livedRows is where the marks of a state are, and the rows of the tally that they
// are counted into, nil where no child can be: both from the first quarter on in which
// one can.
type livedRows struct {
	quarter uint32
	from    [parts]uint32
	into    [parts][]int64 // but for inCommon
}

// addedRow is marks that are added to a row of the tally.
type addedRow struct {
	from uint32
	into []int64
}

// newCohortMarks lays out the marks of a cohort.
func (s *Simulator) newCohortMarks(c *cohort) cohortMarks {
	quarters, commissioners := uint32(len(s.tables.shape.Quarters)), uint32(len(s.tables.shape.Commissioners))
	k := cohortMarks{rows: make([]uint32, len(c.rows))}
	for state := range c.rows { // the states that can be reached, without gaps: fewer cells stay nearer
		if c.reached[contract.Intervention].Has(state) {
			k.rows[state] = k.group
			k.group += quarters
		}
	}
	k.nowhere = k.group
	k.group += quarters
	k.window = k.group * commissioners
	k.part = k.window * 2
	k.open = k.part * parts
	k.size = k.open + commissioners*quarters
	if !c.curves.whole {
		for range c.metrics {
			k.paid = append(k.paid, k.size)
			k.size += commissioners * quarters
		}
	}
	for group := range commissioners {
		s.listLived(c, &k, group)
		k.added = append(k.added, addedRow{k.open + group*quarters, s.tally.PreparingIn(c.index, int(group))})
		for i, from := range k.paid {
			k.added = append(k.added, addedRow{from + group*quarters, s.tally.UnitsOf(c.metrics[i].index, int(group))})
		}
	}
	return k
}

// listLived lists the rows of a group's states.
func (s *Simulator) listLived(c *cohort, k *cohortMarks, group uint32) {
	firsts := [...]int{contract.Tracking: c.first, contract.AfterTracking: c.first + c.lag + c.tracking}
	for window, first := range firsts {
		if first >= s.tables.weeks {
			continue // nobody lives until then
		}
		for state := range c.rows {
			if c.reached[contract.Intervention].Has(state) {
				rows := livedRows{quarter: uint32(s.tables.quarter[first])}
				for part := range uint32(parts) {
					rows.from[part] = part*k.part + uint32(window)*k.window + group*k.group + k.rows[state] + rows.quarter
				}
				if c.reached[contract.Counterfactual].Has(state) {
					rows.into[ofWithout] = s.tally.WeeksIn(contract.Window(window), contract.Counterfactual, c.index, int(group), state)[rows.quarter:]
					rows.into[ofDrawnAnew] = s.tally.Independent.WeeksIn(contract.Window(window), contract.Counterfactual, c.index, int(group), state)[rows.quarter:]
				}
				rows.into[ofWith] = s.tally.WeeksIn(contract.Window(window), contract.Intervention, c.index, int(group), state)[rows.quarter:]
				k.lived = append(k.lived, rows)
			}
		}
	}
}

// count writes what was marked of a cohort to the tally, and starts again from nothing.
func (m *marks) count(k *cohortMarks) {
	for i := range k.lived {
		rows := &k.lived[i]
		for part, into := range rows.into {
			if into != nil {
				m.write(rows.from[inCommon], rows.from[part], into, m.lengths[rows.quarter:])
			}
		}
	}
	for i := range k.added {
		m.addTo(k.added[i].from, k.added[i].into)
	}
	clear(m.cells[:k.size])
}

// write writes the weeks of two rows of marks together.
func (m *marks) write(common, own uint32, into, lengths []int64) {
	a, b := m.cells[common:][:len(lengths)], m.cells[own:][:len(lengths)]
	into = into[:len(lengths)]
	there := int64(0)
	for q, length := range lengths {
		mark := a[q] + b[q]
		weeks := int64(int32(mark))
		into[q] = weeks + there*length
		there += (mark - weeks) >> 32
	}
}

// addTo adds the weeks of a row of marks.
func (m *marks) addTo(from uint32, into []int64) {
	lengths := m.lengths
	row := m.cells[from:][:len(lengths)]
	into = into[:len(lengths)]
	there := int64(0)
	for q, length := range lengths {
		weeks := int64(int32(row[q]))
		into[q] += weeks + there*length
		there += (row[q] - weeks) >> 32
	}
}
