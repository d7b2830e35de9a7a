package warn

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// farFromFirst is how much the share that is in a state after some weeks may differ from
// the share that went there first, before it matters which of the two was measured.
const farFromFirst = 0.1

// withinWeeks warns of moves of the common background that are given within some weeks,
// where children move on or come by another way before these are over. A row is read as
// where children went first; where they were at the end is another figure, which no row
// can be converted from alone.
func (v *version) withinWeeks() {
	within := map[string]int{} // by state
	for _, input := range v.p.Register {
		path := strings.Split(string(input.Path), ".")
		if path[0] != "background" || len(path) < 4 || path[len(path)-1] != "within" {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(input.Value, " weeks"), " week")); err == nil {
			within[path[1]] = n
		}
	}
	for _, state := range slices.Sorted(maps.Keys(within)) {
		v.firstOrLast(state, within[state])
	}
}

// firstOrLast compares where children of a state go first within some weeks with where
// they are after them, and warns of the destination that differs most.
func (v *version) firstOrLast(state string, n int) {
	first, last := v.after(state, n, map[string]markov.Row{state: v.p.Background[state]}), v.after(state, n, v.p.Background)
	worst, most := "", farFromFirst
	for _, s := range v.p.States {
		if s.Name == state || first[s.Name] < 0.01 {
			continue
		}
		if far := max(last[s.Name]/first[s.Name], first[s.Name]/max(last[s.Name], 1e-9)) - 1; far > most {
			worst, most = s.Name, far
		}
	}
	if worst == "" {
		return
	}
	v.warn("within weeks", "background."+state, 0,
		"background.%s: %s of the children in %s go to %s within %d weeks, which is taken as where they went first. As children move on and come by other ways, %s of them are in %s after %d weeks. If that was measured, no row can be converted by itself: edgeofcare calibrate --matrix takes the weekly root of the whole table",
		state, percent(math.Round(1000*first[worst])/1000), quoted(state), quoted(worst), n, percent(math.Round(1000*last[worst])/1000), quoted(worst), n)
}

// after is where children of a state are after some weeks, on rows.
func (v *version) after(state string, n int, rows map[string]markov.Row) map[string]float64 {
	m := markov.Model{Rows: rows, Start: map[string]float64{state: 1}, Cycles: n}
	for _, s := range v.p.States {
		m.States = append(m.States, s.Name)
	}
	trace, err := m.Trace()
	if err != nil {
		return nil // the programme would not have been valid
	}
	shares := map[string]float64{}
	for i, s := range m.States {
		shares[s] = trace.Shares[i][n]
	}
	return shares
}
