package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// A file of visits says where a child was found on a day, and not when it moved.

// areVisits reports whether the first line of a file names the columns of visits.
func areVisits(text string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(text, byteOrderMark), "\n")
	has := map[string]bool{}
	for name := range strings.SplitSeq(first, ",") {
		has[strings.ToLower(strings.Trim(strings.TrimSpace(name), `"`))] = true
	}
	return has["on"] && !has["start"]
}

// seen is how often one visit of a child found it in a state and the next in another, or
// in the same.
type seen struct {
	from, to string
	pairs    int
}

// seenOf counts pairs of visits, by state.
func seenOf(visits []estimate.Visit) []seen {
	ordered := slices.Clone(visits)
	slices.SortStableFunc(ordered, func(a, b estimate.Visit) int { return cmp.Or(cmp.Compare(a.Child, b.Child), a.On.Compare(b.On)) })
	pairs := map[[2]string]int{}
	for i := 1; i < len(ordered); i++ {
		if before := ordered[i-1]; before.Child == ordered[i].Child && ordered[i].On.After(before.On) {
			pairs[[2]string{before.State, ordered[i].State}]++
		}
	}
	var all []seen
	for _, key := range slices.SortedFunc(maps.Keys(pairs), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		all = append(all, seen{key[0], key[1], pairs[key]})
	}
	return all
}

// allowedMoves are the moves that --moves names, or else all that were seen.
func (c *calibrateCommand) allowedMoves(visits []estimate.Visit, all []seen) (map[string][]string, error) {
	allowed := map[string][]string{}
	if c.Moves == "" {
		for _, v := range visits {
			allowed[v.State] = nil // also a state that nobody was seen to leave
		}
		for _, s := range all {
			if s.from != s.to {
				allowed[s.from] = append(allowed[s.from], s.to)
			}
		}
		return allowed, nil
	}
	for one := range strings.SplitSeq(c.Moves, ",") {
		from, to, ok := strings.Cut(one, " to ")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		if !ok || from == "" || to == "" {
			return nil, misused("--moves %q: write two states with to between them, as in \"foster to residential, residential to foster\"", one)
		}
		allowed[from] = append(allowed[from], to)
	}
	return allowed, nil
}

// panel estimates from visits.
func (c *calibrateCommand) panel(to *streams, visits []estimate.Visit) error {
	err := refuse("visits", map[string]bool{
		"--weeks-in-state": c.WeeksInState != "", "--by": c.By != "", "--guard": c.Guard != 0, "--least": c.Least != 10, "--weekly": c.Weekly, "--log": c.Log != "", "--curves": c.Curves != "",
	})
	if err != nil {
		return err
	}
	pairs := seenOf(visits)
	allowed, err := c.allowedMoves(visits, pairs)
	if err != nil {
		return err
	}
	rates, err := estimate.Panel(visits, allowed)
	if err != nil {
		return fmt.Errorf("%s: %w. --moves names the moves that can be", c.Records, err)
	}
	hidden := c.hiddenPairs(pairs)
	tables := []report.Table{pairTable(visits, pairs, hidden), panelTable(rates, hidden, false), panelTable(rates, hidden, true)}
	if !c.writesRows() {
		return c.write(to, nil, tables...)
	}
	if len(hidden) > 0 {
		return fmt.Errorf("rows would rest on what 1 to 5 pairs of visits show: --no-suppress writes them, for use inside the council")
	}
	rows, err := estimate.Rows(rates)
	if err != nil {
		return err
	}
	out := outputFlags{Format: c.Format}
	if err := out.write(to, nil, tables...); err != nil {
		return err
	}
	return c.deliver(to, []byte("# Weekly moves estimated by edgeofcare calibrate from "+words.Plural(len(visits), "visit")+", by maximum likelihood.\n"+
		"# Moves and child-weeks in the notes are those that would tell as much.\n# Put the rows of these blocks in place of those of the same states in a programme file, and keep its rows of other states, such as edge of care.\n"+rangesOfRows+rows))
}

// hiddenPairs are the pairs of states whose number is not shown, as it is small or would
// give a small one of the same origin away.
func (c *calibrateCommand) hiddenPairs(all []seen) map[[2]string]bool {
	hidden := map[[2]string]bool{}
	if !c.Suppress {
		return hidden
	}
	for from := 0; from < len(all); {
		end := from
		var counts []int
		for ; end < len(all) && all[end].from == all[from].from; end++ {
			counts = append(counts, all[end].pairs)
		}
		for k, hide := range estimate.Hide(counts) {
			if s := all[from+k]; hide {
				hidden[[2]string{s.from, s.to}] = true
			}
		}
		from = end
	}
	return hidden
}

// pairTable is what visits found.
func pairTable(visits []estimate.Visit, all []seen, hidden map[[2]string]bool) report.Table {
	t := figures(textTable("From one visit of a child to the next", "found in", "and then in"), "pairs of visits")
	t.About = []string{words.Capital(words.Plural(len(visits), "visit"))}
	for _, s := range all {
		n := figureCell(float64(s.pairs), 0, "")
		if hidden[[2]string{s.from, s.to}] {
			n = suppressedCell
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: s.from}, {Text: s.to}, n}})
	}
	if len(hidden) > 0 {
		t.Notes = append(t.Notes, suppressed+" stands for 1 to 5, and for a figure that it could be worked out from. "+publishOne)
	}
	return t
}

// panelTable is every rate; as a sheet, with hazards.
func panelTable(rates []estimate.Rate, hidden map[[2]string]bool, sheet bool) report.Table {
	t := figures(textTable("Weekly probability of moving, with its 95% interval", "from", "to"), "a week", "from", "to")
	if sheet {
		t = figures(textTable("", "state", "to"), "weekly_probability", "low_95", "high_95", "hazard", "hazard_low_95", "hazard_high_95")
		t.Sheet = true
	}
	for _, r := range rates {
		cells := []report.Cell{{Text: r.State}, {Text: r.To}}
		of := []float64{r.Probability.Value, r.Probability.Low, r.Probability.High}
		if sheet {
			of = append(of, r.Hazard.Value, r.Hazard.Low, r.Hazard.High)
		}
		for _, p := range of {
			cells = append(cells, rateCell(p, hidden[[2]string{r.State, r.To}]))
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	if !sheet {
		t.Notes = []string{"By maximum likelihood from where children were found (Kalbfleisch and Lawless), with Wald's interval on the log scale. Hazards are taken to be constant, and days of visits to have nothing to do with moves."}
	}
	return t
}
