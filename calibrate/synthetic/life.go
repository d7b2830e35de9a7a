package synthetic

import (
	"math/rand/v2"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// child is one child that never was.
type child struct {
	name     int
	born     calendar.Date
	girl     bool
	breaks   bool // only agreed short breaks
	episodes []episode
}

// episode is what a return calls an episode, with the state behind it.
type episode struct {
	start, end              calendar.Date
	rne, legal, place, prov string
	rec, reason             string
	state                   string
}

// Rates per week of what does not change the state: another carer, another legal status.
const (
	carerRate = 0.006
	legalRate = 0.004
	breakRate = 0.2 // chance that a long episode has a temporary placement in it
)

// life is the life of one child, from its own stream of random numbers, so that more
// children or other faults change nothing in it.
type life struct {
	*rand.Rand
	*child
	hazards map[string][]Hazard
	adult   calendar.Date
	until   calendar.Date // nothing after this day is made
}

// newChild makes a child that enters care on a day.
func newChild(r *rand.Rand, name int, enters calendar.Date, until calendar.Date, hazards map[string][]Hazard) child {
	c := child{name: name, girl: r.IntN(2) == 0, born: enters.AddDays(-r.IntN(17 * 365))}
	l := life{r, &c, hazards, calendar.NewDate(c.born.Year()+18, c.born.Month(), c.born.Day()), until}
	state := foster
	if l.Float64() < 0.2 {
		state = residential
	}
	for day := enters; day.Before(l.adult) && !day.After(until); {
		day, state = l.period(day, state)
		if state != home {
			break
		}
		next, days := l.next(home, 0)
		day, state = day.AddDays(days), next
		if next == "" {
			break
		}
	}
	return c
}

// next draws the move out of a state and after how many days it is, at least one. Other
// is the rate of what leaves the state as it is, for which the name is empty; so it is,
// after 100 years, where nothing can happen.
func (l *life) next(state string, other float64) (to string, days int) {
	total := other
	for _, h := range l.hazards[state] {
		total += h.Weekly
	}
	if total == 0 {
		return "", 36500
	}
	days = 1 + int(min(7*l.ExpFloat64()/total, 36499))
	u := l.Float64() * total
	for _, h := range l.hazards[state] {
		if u < h.Weekly {
			return h.To, days
		}
		u -= h.Weekly
	}
	return "", days
}

// period is one period of care. It returns when it ended and where the child went.
func (l *life) period(day calendar.Date, state string) (calendar.Date, string) {
	e := episode{start: day, rne: "S", legal: "V2", state: state}
	e.place, e.prov = l.place(state)
	for {
		to, days := l.next(e.state, carerRate+legalRate)
		e.end = e.start.AddDays(days)
		switch {
		case !e.end.Before(l.adult):
			e.end, e.rec = l.adult, "E17"
			l.add(e)
			return l.adult, left
		case to == home:
			e.rec = "E4A"
			if l.Float64() < 0.3 {
				e.rec = "E4B"
			}
			l.add(e)
			return e.end, home
		case to == left:
			e.rec = []string{"E48", "E46", "E11", "E8"}[l.IntN(4)]
			l.add(e)
			return e.end, left
		}
		if e = l.moves(e, to); e.start.After(l.until) {
			return e.start, left
		}
	}
}

// moves ends an episode and begins the one after it.
func (l *life) moves(e episode, to string) episode {
	next := episode{start: e.end, rne: "P", legal: e.legal, place: e.place, prov: e.prov, state: e.state}
	e.rec = "X1"
	switch {
	case to != "":
		e.reason, next.state = "CREQB", to
		next.place, next.prov = l.place(to)
	case l.Float64() < carerRate/(carerRate+legalRate):
		e.reason = "CARPL"
		next.place, next.prov = l.place(e.state)
		if next.place == e.place { // another carer of the same kind
			next.prov = e.prov
		}
	default:
		next.rne, next.legal = "L", map[string]string{"V2": "C1", "C1": "C2", "C2": "E1", "E1": "C2"}[e.legal]
	}
	l.add(e)
	return next
}

// place draws a placement of a state.
func (l *life) place(state string) (place, provider string) {
	provider = []string{"PR1", "PR4", "PR4", "PR5"}[l.IntN(4)]
	if state == residential {
		return "K2", provider
	}
	return []string{"U1", "U3", "U4", "U6", "U6", "U6"}[l.IntN(6)], provider
}

// add keeps an episode, some of the long ones with a week at another carer in them.
func (l *life) add(e episode) {
	days := e.end.Sub(e.start)
	if days < 40 || l.Float64() > breakRate {
		l.episodes = append(l.episodes, e)
		return
	}
	away := e.start.AddDays(14 + l.IntN(days-30))
	back := away.AddDays(7)
	first, middle, last := e, e, e
	first.end, first.rec, first.reason = away, "X1", "OTHER"
	middle.start, middle.end, middle.rne, middle.place, middle.prov, middle.rec, middle.reason = away, back, "P", "T3", "", "X1", "OTHER"
	last.start, last.rne = back, "P"
	l.episodes = append(l.episodes, first, middle, last)
}

// onBreaks makes a child that is known for agreed short breaks alone.
func onBreaks(r *rand.Rand, name int, from, to calendar.Date) child {
	days := to.Sub(from)
	c := child{name: name, girl: r.IntN(2) == 0, born: from.AddDays(-r.IntN(10*365) - 365), breaks: true}
	for day := from.AddDays(r.IntN(min(days, 60))); day.AddDays(3).Before(to) && len(c.episodes) < 40; day = day.AddDays(14 + r.IntN(60)) {
		c.episodes = append(c.episodes, episode{start: day, end: day.AddDays(3), rne: "S", legal: "V4", place: "K2", prov: "PR1", rec: "E8"})
	}
	return c
}
