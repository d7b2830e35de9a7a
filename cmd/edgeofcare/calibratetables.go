package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// suppressed stands for a count of 1 to 5, and for what it could be worked out from.
const suppressed = "[c]"

// publishOne is what to publish of records of children.
const publishOne = "Publish one run of a set of records and no other, because two can be subtracted, and keep one with --no-suppress, which shows all, inside the council."

var suppressedCell = report.Cell{Text: suppressed}

// rangesOfRows says that rows have other ranges than the table beside them.
const rangesOfRows = "# Ranges are 90% ranges, as all in a programme file; the table that calibrate prints has 95% intervals.\n"

// heading is the comment above rows of a programme file.
func (e *estimated) heading() string {
	kept := ""
	if at := e.atStake(); at != "" {
		kept = "\n# " + at
	}
	declared := ""
	if more := e.undeclared(); len(more) > 0 {
		declared = fmt.Sprintf("# States to declare in it under states, each with a unit cost: %s.\n", words.And(more))
	}
	grid, place := "", "# Put the rows of these blocks in place of those of the same states in a programme file, and keep its rows of other states, such as edge of care.\n"
	if e.Weekly {
		grid = ", where children were on each Monday"
	}
	if e.By == "cohort" {
		place = "# Put the rows of the first block in place of those of the same states under background in a programme file, keep its rows of other states, such as edge of care,\n# and put those of each cohort into the cohort's own.\n"
	}
	if states := e.unmoved(); len(states) > 0 {
		declared += "# Nobody was seen to leave " + words.And(states) + ": without a row children stay there.\n"
	}
	return fmt.Sprintf("# Weekly moves estimated by edgeofcare calibrate from %s of %s%s.%s\n%s%s",
		e.staysInWords(), e.childrenInWords(), grid, kept, place+rangesOfRows, declared)
}

// undeclared are the states that a programme file does not have of itself.
func (e *estimated) undeclared() []string {
	own := []string{"edge of care", "foster", "residential", "reunified", "left care"}
	var more []string
	for _, r := range e.rowRates {
		for _, name := range []string{r.State, r.To} {
			if !slices.Contains(own, name) && !slices.Contains(more, name) {
				more = append(more, name)
			}
		}
	}
	return more
}

// unmoved are the states that nobody was seen to leave: there is no rate of them.
func (e *estimated) unmoved() []string {
	var states []string
	for _, c := range e.table.Cells {
		if !slices.Contains(states, c.State) && !slices.ContainsFunc(e.rowRates, func(r estimate.Rate) bool { return r.State == c.State }) {
			states = append(states, c.State)
		}
	}
	slices.Sort(states)
	return states
}

func (e *estimated) staysInWords() string {
	if e.hidden(e.spells) {
		return "few stays"
	}
	return words.Plural(e.spells, "stay")
}

func (e *estimated) childrenInWords() string {
	if e.hidden(e.children) {
		return "few children"
	}
	return (words.Unit{One: "child", Many: "children"}).Of(float64(e.children))
}

// hidden reports whether a count is not shown.
func (e *estimated) hidden(n int) bool { return e.Suppress && estimate.Small(n) }

// tables are the page: counts, rates, the test, the curves, and a sheet.
func (e *estimated) tables() []report.Table {
	counts := e.counts()
	counts.About = []string{fmt.Sprintf("%s of %s", words.Capital(e.staysInWords()), e.childrenInWords())}
	left := e.table.Left
	for _, l := range []struct {
		n    int
		what string
	}{
		{left.NoDays, "began and ended on one day: not counted"},
		{left.After18, "lay wholly beyond the 18th birthday: not counted"},
		{left.CutAt18, "were cut at 18: leaving then is no move"},
		{left.NoWeek, "had no whole week from one Monday to the next: not counted"},
		{left.NoBirthday, "have no date of birth: they are not cut at 18 and stand under no age"},
	} {
		if l.n > 0 {
			n := words.Plural(l.n, "stay")
			if e.hidden(l.n) {
				n = "1 to 5 stays"
			}
			counts.Notes = append(counts.Notes, n+" "+l.what+".")
		}
	}
	if e.Suppress {
		counts.Notes = append(counts.Notes, suppressed+" stands for a count of 1 to 5, and for a figure that it could be worked out from. "+publishOne)
	}
	var pages []report.Table
	if e.care != nil {
		pages = e.returns()
	}
	return append(pages, counts, e.ratesTable(false), e.memoryTable(), e.curveTable(), e.ratesTable(true))
}

// place is the cells that say what a count or a rate is about.
func (e *estimated) place(w estimate.Where) []report.Cell {
	cells := []report.Cell{{Text: w.State}, {Text: bandInWords(w.InState)}}
	switch e.By {
	case "age":
		age := "not known"
		if w.Age != (estimate.Band{}) {
			age = bandInWords(w.Age)
		}
		cells = append(cells, report.Cell{Text: age})
	case "year":
		year := "before"
		if !w.From.IsZero() {
			year = w.From.FinancialYear().String()
		}
		cells = append(cells, report.Cell{Text: year})
	case "cohort":
		cells = append(cells, report.Cell{Text: w.Cohort})
	}
	return cells
}

// about is the headings of place.
func (e *estimated) about(more ...string) []string {
	headings := []string{"from", "weeks in state"}
	if e.By != "" {
		headings = append(headings, e.By)
	}
	return append(headings, more...)
}

// bandInWords is "0 to 12", "13 on" or "all".
func bandInWords(b estimate.Band) string {
	switch {
	case b == (estimate.Band{}):
		return "all"
	case b.To == 0:
		return fmt.Sprintf("%d on", b.From)
	case b.To == b.From+1:
		return fmt.Sprint(b.From)
	}
	return fmt.Sprintf("%d to %d", b.From, b.To-1)
}

// figures adds columns of figures.
func figures(t report.Table, headings ...string) report.Table {
	for _, h := range headings {
		t.Columns = append(t.Columns, report.Column{Heading: h})
	}
	return t
}

// count is the cell of a count.
func (e *estimated) count(n int) report.Cell {
	if e.hidden(n) {
		return report.Cell{Text: suppressed}
	}
	return figureCell(float64(n), 0, "")
}

func figureCell(v float64, decimals int, unit string) report.Cell {
	return report.Cell{Text: words.Number(v, decimals), Value: &v, Unit: unit, Decimals: decimals}
}

// counts is time at risk and moves.
func (e *estimated) counts() report.Table {
	t := figures(textTable("Counts and time at risk", e.about()...), "children", "child-weeks", "moves")
	children, moves, time := e.hiddenChildren(), e.hiddenMoves(), e.hideTime()
	for i, c := range e.table.Cells {
		all := 0
		for _, m := range c.Moves {
			all += m.Moves
		}
		cells := append(e.place(c.Where), figureCell(float64(c.Children), 0, ""), figureCell(c.Weeks, 0, "weeks"), figureCell(float64(all), 0, ""))
		figures := cells[len(cells)-3:]
		if children[i] {
			figures[0] = suppressedCell
		}
		if time.counts[c.Where] {
			figures[1] = suppressedCell
		}
		if moves[c.State] {
			figures[2] = suppressedCell
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	return t
}

// ratesTable is every rate with its interval; as a sheet, with hazards too.
func (e *estimated) ratesTable(sheet bool) report.Table {
	t := textTable("Weekly probability of moving, with its 95% interval", e.about("to")...)
	t = figures(t, "moves", "child-weeks", "a week", "from", "to", "pooled")
	t.Columns[len(t.Columns)-1].Text = true
	if sheet {
		t = figures(textTable("", append([]string{"state", "weeks_in_state"}, append(e.about()[2:], "to")...)...),
			"moves", "child_weeks", "weekly_probability", "low_95", "high_95", "pooled", "hazard", "hazard_low_95", "hazard_high_95")
		t.Sheet = true
	}
	pooled, time := false, e.hideTime()
	for _, r := range e.rates {
		cells := append(e.place(r.Where), report.Cell{Text: r.To}, figureCell(float64(r.Moves), 0, ""), figureCell(r.Weeks, 0, "weeks"))
		if r.Suppressed {
			cells[len(cells)-2] = suppressedCell
		}
		few := time.rates[timeOf(r)]
		if few {
			cells[len(cells)-1] = suppressedCell
		}
		for _, p := range []float64{r.Probability.Value, r.Probability.Low, r.Probability.High} {
			cells = append(cells, rateCell(p, few || r.Suppressed))
		}
		yes := ""
		if r.Pooled {
			yes, pooled = "yes", true
		}
		cells = append(cells, report.Cell{Text: yes})
		if sheet {
			for _, h := range []float64{r.Hazard.Value, r.Hazard.Low, r.Hazard.High} {
				cells = append(cells, rateCell(h, few || r.Suppressed))
			}
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	if !sheet {
		t.Notes = append(t.Notes, e.howWorked())
		if states := e.unmoved(); len(states) > 0 {
			t.Notes = append(t.Notes, "Nobody was seen to leave "+words.And(states)+": there is no rate, and the rows let children stay there.")
		}
		if pooled {
			t.Notes = append(t.Notes, fmt.Sprintf("Pooled: fewer than %d moves in some band of weeks, so one hazard stands for all. Neighbouring bands with fewer moves in all are joined.", e.Least))
		}
	}
	return t
}

// howWorked says how probabilities came about.
func (e *estimated) howWorked() string {
	if e.Weekly {
		return "Probabilities are of being there on the next Monday: moves over child-weeks with Jeffreys' interval, which takes weeks as independent."
	}
	return "Hazards are moves over child-weeks with Jeffreys' interval, which takes stays as independent; a weekly probability is a hazard's share of all who leave in a week."
}

// rateCell is a rate, unless it gives a small count away.
func rateCell(p float64, hidden bool) report.Cell {
	if hidden {
		return suppressedCell
	}
	return report.Cell{Text: words.Number(100*p, 3) + "%", Value: &p, Unit: "probability", Decimals: 5}
}

// advised says what follows from a test.
var advised = map[estimate.Advice]string{
	estimate.TooFew:  "fewer than 20 moves: not tested",
	estimate.OneRate: "one rate will do: nothing speaks against it",
	estimate.ByWeeks: "give rates by weeks in the state",
}

// memoryTable is the test of memorylessness.
func (e *estimated) memoryTable() report.Table {
	t := textTable("Does the rate of leaving change with the weeks in a state?", "from", "cohort")
	if e.By != "cohort" {
		t = textTable(t.Title, "from")
	}
	t = figures(t, "p")
	t.Columns = append(t.Columns, report.Column{Heading: "leaving a week, by weeks in state", Text: true}, report.Column{Heading: "advice", Text: true})
	for _, m := range e.memory {
		cells := []report.Cell{{Text: m.State}}
		if e.By == "cohort" {
			cells = append(cells, report.Cell{Text: m.Cohort})
		}
		var bands []string
		hide := e.givesAway(m)
		for _, b := range m.Bands {
			rate := words.Number(100*b.Probability.Value, 2) + "%"
			if hide {
				rate = suppressed
			}
			bands = append(bands, bandInWords(b.InState)+": "+rate)
		}
		p := report.Cell{Text: "–"}
		if m.Advice() != estimate.TooFew {
			p = figureCell(m.P, 3, "probability")
			if m.P < 0.0005 {
				p.Text = "below 0.001"
			}
			if hide {
				p = suppressedCell
			}
		}
		t.Rows = append(t.Rows, report.Row{Cells: append(cells, p, report.Cell{Text: strings.Join(bands, "; ")}, report.Cell{Text: advised[m.Advice()]})})
	}
	t.Notes = []string{"p is the chance of such a difference if the rate never changed (likelihood ratio). A falling rate may also come from children who differ: rows by weeks in the state fit either."}
	return t
}

// curveTable is what was seen beside the fit.
func (e *estimated) curveTable() report.Table {
	t := figures(textTable("Share still there: seen (Kaplan-Meier, 95% interval) and fitted", "from"), "week", "seen", "from", "to", "fitted")
	if e.By == "cohort" {
		t = figures(textTable(t.Title, "from", "cohort"), "week", "seen", "from", "to", "fitted")
	}
	for _, c := range e.curves {
		for _, week := range e.shownMarks(&c) {
			cells := []report.Cell{{Text: c.State}}
			if e.By == "cohort" {
				cells = append(cells, report.Cell{Text: c.Cohort})
			}
			cells = append(cells, figureCell(float64(week), 0, "weeks"))
			for _, share := range []float64{c.Still[week], c.Low[week], c.High[week], c.FittedStill[week]} {
				cells = append(cells, report.Cell{Text: words.Percent(share), Value: &share, Unit: "probability", Decimals: 3})
			}
			t.Rows = append(t.Rows, report.Row{Cells: cells})
		}
		if c.From > 0 {
			t.Notes = append(t.Notes, fmt.Sprintf("%s: nobody was seen before week %d, so shares are of those there then.", c.State, c.From))
		}
	}
	left := "Weeks with five children or fewer under observation are left out"
	if e.Suppress {
		left += ", and those with 1 to 5 moves since the week above"
	}
	t.Notes = append(t.Notes, left+".")
	return t
}

// matrixTable is a table of weekly probabilities.
func matrixTable(title string, states []string, p [][]float64) report.Table {
	t := figures(textTable(title, "from"), states...)
	for i, from := range states {
		cells := []report.Cell{{Text: from}}
		for _, x := range p[i] {
			cells = append(cells, figureCell(x, 9, "probability"))
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	return t
}

// returns is what became of the rows of returns, and what was repaired, by rule.
func (e *estimated) returns() []report.Table {
	rows := figures(textTable(fmt.Sprintf("Rows of returns, %s to %s", e.care.Window.From, e.care.Window.To), "file", "table"), "rows", "used", "repaired", "rejected")
	for _, t := range e.care.Log.Tables {
		cells := []report.Cell{{Text: t.File}, {Text: t.Kind}, e.count(t.Rows)}
		rows.Rows = append(rows.Rows, report.Row{Cells: append(cells, e.parts(t.Used, t.Repaired, t.Rejected)...)})
		if t.Note != "" {
			rows.Notes = append(rows.Notes, t.File+": "+t.Note+".")
		}
	}
	repaired, rejected := map[ssda903.Rule]int{}, map[ssda903.Rule]int{}
	var rules []ssda903.Rule
	for _, entry := range e.care.Log.Entries {
		if repaired[entry.Rule]+rejected[entry.Rule] == 0 {
			rules = append(rules, entry.Rule)
		}
		if entry.Rejected {
			rejected[entry.Rule]++
		} else {
			repaired[entry.Rule]++
		}
	}
	if len(rules) == 0 {
		return []report.Table{rows}
	}
	slices.Sort(rules)
	var r, x []int
	for _, rule := range rules {
		r, x = append(r, repaired[rule]), append(x, rejected[rule])
	}
	byRule := figures(textTable("What was found, by rule", "rule"), "repaired", "rejected")
	used, not := e.parts(r...), e.parts(x...)
	for i, rule := range rules {
		byRule.Rows = append(byRule.Rows, report.Row{Cells: []report.Cell{{Text: string(rule)}, used[i], not[i]}})
	}
	byRule.Notes = []string{"A row may be repaired by several rules. --log FILE.csv says which rows, and what was done with each."}
	return []report.Table{rows, byRule}
}
