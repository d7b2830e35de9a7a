package population

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/subtraction"
)

// line is children who are counted together.
type line struct {
	name     string // empty: all in care
	states   []int
	age      *estimate.Band // nil: of any age
	from, to int            // clock; to is without
	today    int
}

func (l *line) holds(clock int) bool { return clock >= l.from && clock < l.to }

// smallStates is the name of states of which each has few children today.
const smallStates = "other states"

// lines are all in care, then by state, then by age, then by both. The first are counted in
// every replication; of those by age the expectation is enough. With suppress nothing is
// among them from which it follows that 1 to 5 children were in a state, or of an age, on
// the last day: states join smallStates, ages the one beside them, and of both together
// lines are left out.
func (p *Population) lines(suppress bool) (lines []line, simulated, hidden int) {
	all := line{to: lastWeek}
	for s := range p.moves.inCare {
		all.states = append(all.states, s)
	}
	p.count0(&all)
	states := p.stateLines(suppress)
	ages := p.ageLines(suppress)
	lines = append(append(lines, all), states...)
	simulated = len(lines)
	lines = append(lines, ages...)
	cells := make([][]line, len(states))
	for i, s := range states {
		for _, a := range ages {
			cell := a
			cell.name, cell.states = s.name, s.states
			p.count0(&cell)
			cells[i] = append(cells[i], cell)
		}
	}
	shown := make([][]bool, len(states))
	for i := range shown {
		shown[i] = slices.Repeat([]bool{true}, len(ages))
	}
	if suppress {
		hide(cells, shown)
	}
	for i := range cells {
		for j := range cells[i] {
			if shown[i][j] {
				lines = append(lines, cells[i][j])
			} else {
				hidden++
			}
		}
	}
	return lines, simulated, hidden
}

// count0 counts the children of a line today, by birthday: the clock knows only the week.
func (p *Population) count0(l *line) {
	l.today = 0
	for _, c := range p.children {
		if (l.age == nil || l.age.From <= c.age && c.age < l.age.To) && slices.Contains(l.states, c.state) {
			l.today += c.n
		}
	}
}

// stateLines are one for each state, or for small ones together.
func (p *Population) stateLines(suppress bool) []line {
	var lines, small []line
	for s, name := range p.moves.states[:p.moves.inCare] {
		l := line{name: name, states: []int{s}, to: lastWeek}
		p.count0(&l)
		if suppress && estimate.Small(l.today) {
			small = append(small, l)
		} else {
			lines = append(lines, l)
		}
	}
	if len(small) == 0 {
		return lines
	}
	joined := line{name: smallStates, to: lastWeek}
	for _, l := range small {
		joined.states = append(joined.states, l.states...)
	}
	p.count0(&joined)
	for len(lines) > 0 && (len(joined.states) == 1 || estimate.Small(joined.today)) {
		least := 0
		for i := range lines {
			if lines[i].today < lines[least].today {
				least = i
			}
		}
		joined.states = append(joined.states, lines[least].states...)
		lines = slices.Delete(lines, least, least+1)
		p.count0(&joined)
	}
	slices.Sort(joined.states)
	return append(lines, joined)
}

// ageLines are one for each band of ages of the settings. With suppress a small one joins
// the next, or the last those before it.
func (p *Population) ageLines(suppress bool) []line {
	var lines []line
	starts := append([]int{0}, p.Settings.Ages...)
	for i, from := range starts {
		to := adult
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		l := line{age: &estimate.Band{From: from, To: to}, from: clockOfAge(from), to: clockOfAge(to)}
		for s := range p.moves.inCare {
			l.states = append(l.states, s)
		}
		p.count0(&l)
		lines = append(lines, l)
		if n := len(lines); suppress && n > 1 && estimate.Small(lines[n-2].today) {
			lines = p.joinedLast(lines)
		}
	}
	for suppress && len(lines) > 1 && estimate.Small(lines[len(lines)-1].today) {
		lines = p.joinedLast(lines)
	}
	return lines
}

// joinedLast joins the last two of some bands of ages.
func (p *Population) joinedLast(lines []line) []line {
	n := len(lines)
	last := &lines[n-2]
	last.age, last.to = &estimate.Band{From: last.age.From, To: lines[n-1].age.To}, lines[n-1].to
	p.count0(last)
	return lines[:n-1]
}

// hide marks cells of 1 to 5, and others until no sum of a row or a column, nor several
// sums together, give one away.
func hide(cells [][]line, shown [][]bool) {
	for i := range cells {
		for j := range cells[i] {
			shown[i][j] = !estimate.Small(cells[i][j].today)
		}
	}
	for again := true; again; {
		again = false
		for i := range cells {
			again = more(len(cells[i]), func(j int) (*line, *bool) { return &cells[i][j], &shown[i][j] }) || again
		}
		for j := range cells[0] {
			again = more(len(cells), func(i int) (*line, *bool) { return &cells[i][j], &shown[i][j] }) || again
		}
		again = again || moreByBoth(cells, shown)
	}
}

// moreByBoth hides one more cell if sums of rows and columns together give away a small
// one; it reports whether it did.
func moreByBoth(cells [][]line, shown [][]bool) bool {
	var all []subtraction.Cell
	for i := range cells {
		for j, c := range cells[i] {
			all = append(all, subtraction.Cell{Row: i, Column: j, Count: c.today, Small: estimate.Small(c.today), Hidden: !shown[i][j]})
		}
	}
	next := subtraction.Next(all)
	if next < 0 {
		return false
	}
	shown[all[next].Row][all[next].Column] = false
	return true
}

// more hides the smallest cell of a row or a column, those without children last, if those
// hidden could be worked out; it reports whether it did.
func more(n int, at func(int) (*line, *bool)) bool {
	hidden, sum, best := 0, 0, -1
	for i := range n {
		cell, shown := at(i)
		if !*shown {
			hidden, sum = hidden+1, sum+cell.today
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		if other, _ := at(best); cell.today > 0 && (other.today == 0 || cell.today < other.today) {
			best = i
		}
	}
	if hidden == 0 || hidden > 1 && !estimate.Small(sum) || best < 0 {
		return false
	}
	_, shown := at(best)
	*shown = false
	return true
}
