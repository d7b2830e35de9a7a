package synthetic

import (
	"math/rand/v2"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// each is how often a fault is planted, where there is room.
const each = 3

// fault plants itself at a row of a return, and returns the row at which it can be seen;
// none if it does not fit there.
type fault struct {
	name  string
	plant func(p *planter, at *line) *line
}

// The faults leave the children in care on each 31 March as they are, to a reader that
// repairs them by the published rules.
var faults = []fault{
	{"duplicate", duplicate},
	{"overlap", func(p *planter, at *line) *line { return p.shiftEnd(at, 5) }},
	{"gap", func(p *planter, at *line) *line { return p.shiftEnd(at, -3) }},
	{"open", func(p *planter, at *line) *line { return p.change(at, p.continues(at), colDEC, "", colREC, "") }},
	{"bad date", func(p *planter, at *line) *line { return p.change(at, p.continues(at), colDEC, "31/02/2021") }},
	{"end before start", func(p *planter, at *line) *line {
		return p.change(at, p.continues(at), colDEC, written(at.of.start.AddDays(-7)))
	}},
	{"end after return", func(p *planter, at *line) *line {
		return p.change(at, at.cells[colDEC] == "", colDEC, written(p.to.AddDays(20)), colREC, "E8")
	}},
	{"no reason ceased", func(p *planter, at *line) *line { return p.change(at, p.leaves(at), colREC, "") }},
	{"unknown code", func(p *planter, at *line) *line { return p.change(at, at.cells[colDEC] != "", colLS, "Q9") }},
	{"starts while in care", func(p *planter, at *line) *line {
		return p.change(at, at.cells[colDEC] != "" && at.of.rne != "S" && at.of.start.After(p.from), colRNE, "S")
	}},
	{"same day", sameDay},
	{"stale", stale},
	{"restated", restated},
	{"no header", noHeader},
	{"twice in header", twiceInHeader},
	{"date of birth", dateOfBirth},
}

// Faults are the names of the faults that can be planted.
func Faults() []string {
	var names []string
	for _, f := range faults {
		names = append(names, f.name)
	}
	return names
}

// planter is where a fault is being planted.
type planter struct {
	returns  []*yearly
	k        int // the return
	from, to calendar.Date
	rows     map[int]int // of each child, over all returns
}

// plant plants every fault that is asked for, in other children each time. The random
// numbers are its own.
func plant(s Settings, returns []*yearly) map[*line]string {
	r := rand.New(rand.NewPCG(s.Seed, 1<<63))
	planted, touched := map[*line]string{}, map[int]bool{}
	rows := map[int]int{}
	for _, y := range returns {
		for _, l := range y.entries {
			rows[l.child]++
			touched[l.child] = touched[l.child] || l.of.legal == "V4"
		}
	}
	for _, f := range faults {
		if !slices.Contains(s.Faults, f.name) {
			continue
		}
		for n, tries := 0, 0; n < each && tries < 20_000; tries++ {
			k := r.IntN(len(returns))
			y := returns[k]
			if len(y.entries) == 0 {
				continue
			}
			at := y.entries[r.IntN(len(y.entries))]
			if touched[at.child] {
				continue
			}
			p := &planter{returns, k, calendar.NewDate(int(y.year), 4, 1), calendar.NewDate(int(y.year)+1, 3, 31), rows}
			if seen := f.plant(p, at); seen != nil {
				planted[seen], touched[at.child] = f.name, true
				n++
			}
		}
	}
	return planted
}

// continues reports whether an episode of some length ends in another, not temporary,
// well within the return.
func (p *planter) continues(at *line) bool {
	return at.cells[colDEC] != "" && at.of.rec == "X1" && at.of.end.Sub(at.of.start) > 20 &&
		at.of.end.AddDays(14).Before(p.to) && at.of.end.AddDays(-14).After(p.from)
}

// leaves reports whether an episode ends a period of care within the return.
func (p *planter) leaves(at *line) bool { return at.cells[colDEC] != "" && at.of.rec != "X1" }

// change puts other texts into cells: column, text, column, text.
func (p *planter) change(at *line, fits bool, columnsAndTexts ...any) *line {
	if !fits {
		return nil
	}
	for i := 0; i < len(columnsAndTexts); i += 2 {
		at.cells[columnsAndTexts[i].(int)] = columnsAndTexts[i+1].(string)
	}
	return at
}

// shiftEnd moves the end of an episode away from the start of the next.
func (p *planter) shiftEnd(at *line, days int) *line {
	return p.change(at, p.continues(at), colDEC, written(at.of.end.AddDays(days)))
}

// insert adds a row below another one.
func insert(lines []*line, below *line, l *line) []*line {
	return slices.Insert(lines, slices.Index(lines, below)+1, l)
}

func duplicate(p *planter, at *line) *line {
	y := p.returns[p.k]
	y.entries = insert(y.entries, at, &line{at.child, at.of, slices.Clone(at.cells)})
	return at // the later of two alike stands
}

// sameDay puts an episode without a night where one ends in another.
func sameDay(p *planter, at *line) *line {
	if !p.continues(at) {
		return nil
	}
	l := &line{at.child, at.of, slices.Clone(at.cells)}
	l.cells[colDECOM], l.cells[colRNE] = l.cells[colDEC], "P"
	y := p.returns[p.k]
	y.entries = insert(y.entries, at, l)
	return l
}

// stale takes away the rows of a child in the return after one in which it is open, if
// by the truth it leaves in that year and is in no later return.
func stale(p *planter, at *line) *line {
	if p.k+1 >= len(p.returns) || at.cells[colDEC] != "" || at.of.end.After(p.to.AddDays(360)) || at.of.rec == "X1" {
		return nil
	}
	for _, later := range p.returns[p.k+1:] {
		for _, l := range later.entries {
			if l.child == at.child && l.of != at.of {
				return nil
			}
		}
	}
	p.without(p.k+1, at.child)
	return at
}

// without takes a child out of a return.
func (p *planter) without(k, child int) {
	is := func(l *line) bool { return l.child == child }
	y := p.returns[k]
	y.headers = slices.DeleteFunc(y.headers, is)
	y.entries = slices.DeleteFunc(y.entries, is)
}

// restated gives an open episode another first day in the next return.
func restated(p *planter, at *line) *line {
	if p.k+1 >= len(p.returns) || at.cells[colDEC] != "" || at.of.rne != "S" || !at.of.start.Before(p.to.AddDays(-10)) || at.of.start.Before(p.from) {
		return nil
	}
	for _, later := range p.returns[p.k+1:] {
		for _, l := range later.entries {
			if l.of == at.of {
				l.cells[colDECOM] = written(at.of.start.AddDays(2))
			}
		}
	}
	return at
}

// noHeader takes the header rows of a child away. It is seen at the child's first
// episode, so only a child with one row is taken.
func noHeader(p *planter, at *line) *line {
	if p.rows[at.child] != 1 {
		return nil
	}
	p.returns[p.k].headers = slices.DeleteFunc(p.returns[p.k].headers, func(l *line) bool { return l.child == at.child })
	return at
}

// head is the header row of a child in a return.
func (p *planter) head(k, child int) *line {
	for _, l := range p.returns[k].headers {
		if l.child == child {
			return l
		}
	}
	return nil
}

func twiceInHeader(p *planter, at *line) *line {
	h := p.head(p.k, at.child)
	if h == nil {
		return nil
	}
	y := p.returns[p.k]
	y.headers = insert(y.headers, h, &line{child: h.child, cells: slices.Clone(h.cells)})
	return h
}

// dateOfBirth gives a child another date of birth than the next return has.
func dateOfBirth(p *planter, at *line) *line {
	if p.k+1 >= len(p.returns) {
		return nil
	}
	h, later := p.head(p.k, at.child), p.head(p.k+1, at.child)
	if h == nil || later == nil {
		return nil
	}
	d := []byte(h.cells[colDOB])
	d[0], d[1] = '0', '1'
	if string(d) == h.cells[colDOB] {
		d[1] = '2'
	}
	h.cells[colDOB] = string(d)
	return h
}
