package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Sensitivity says which input a figure depends on most: over each input's own range one
// at a time, by shares of the variance over all inputs together, and by tenth of each
// input's draws. The second and third may be nil, where nothing is uncertain or the figure
// is not a total.
func Sensitivity(t *sensitivity.Tornadoed, x *sensitivity.Indexed, s *sensitivity.Spidered) []Table {
	if t == nil || !readable(t.Version) {
		return nothing("what sensitivity.TornadoOfRanges returned")
	}
	var tables []Table
	if x != nil {
		tables = append(tables, indicesTable(x, s))
	}
	tables = append(tables, tornadoTable(t))
	if s != nil {
		tables = append(tables, spiderTable(s))
	}
	last := &tables[len(tables)-1]
	last.Notes = append(last.Notes, byRanges(t.Version)...)
	if x == nil {
		last.Notes = append(last.Notes, "There are no shares of variance: "+whyNoIndices(t)+".")
	}
	return inCurrency(t.Version.Programme, append(modelled(tables...), sensitivitySheet(t, x, s))...)
}

// whyNoIndices says why a figure has no shares of variance.
func whyNoIndices(t *sensitivity.Tornadoed) string {
	if len(t.Version.Programme.Uncertain) == 0 {
		return "the file says of no input how well it is known"
	}
	return "the figure is not a total that adds up over children"
}

// leastShown is the least share of variance that has a row.
const leastShown = 0.01

// indicesTable has what each input accounts for.
func indicesTable(x *sensitivity.Indexed, s *sensitivity.Spidered) Table {
	what := x.Measure.String()
	t := Table{
		Title:   titleOf(x.Version) + ": what decides " + what,
		About:   append(append([]string{caseLine(x.Version)}, changedLines(x.Version)...), decidedBy(x), indicesLine(x)),
		Columns: append(textColumns("input"), figureColumns("alone", "90% interval", "in all", "90% interval", "with others")...),
	}
	var small []string
	for _, one := range x.Indices {
		if one.Total.Value < leastShown && one.First.Value < leastShown {
			small = append(small, one.Name())
			continue
		}
		t.add(text(one.Name()), shareOf(one.First), intervalOf(one.First), shareOf(one.Total), intervalOf(one.Total), shareOf(one.Interaction))
	}
	t.Notes = []string{
		"Alone: by what share the variance of the expected " + what + " would fall, on average, if this input were known. In all: what share would be left if all others were. With others: the difference, which is what it does together with others.",
		"Inputs that the file correlates, and shares that add up to 100%, are in one row: what each of them accounts for cannot be told apart. A share that chance in the draws puts below 0 is shown as 0.",
	}
	if len(small) > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("Below %s each: %s.", words.Percent(leastShown), words.And(small)))
	}
	if s != nil && s.Rates != nil {
		t.Notes = append(t.Notes, fmt.Sprintf("Of the variance of one replication %s is the inputs', which is divided here; the rest is chance in children's lives.", words.Percent(s.Rates.Share)))
	}
	if !x.Exact {
		t.Notes = append(t.Notes, fmt.Sprintf("A cap or another rule about all children together lies before the figure, so that it is from lives: two sets that are independent of one another under each draw, and products of one with the other, in which their noise (standard deviation %s, beside %s of the inputs) has no part.",
			figure(x.Noise, x.Measure.Unit).Text, figure(x.SD, x.Measure.Unit).Text))
	}
	if x.Impossible > 0 {
		t.Notes = append(t.Notes, words.Plural(x.Impossible, "row")+" of draws left out: rates in one of their draws cannot be together.")
	}
	t.Notes = append(t.Notes, "Shares by M. Jansen (1999) and A. Saltelli and others (2010), with intervals by bootstrap over the draws.")
	return t
}

// decidedBy says which inputs decide.
func decidedBy(x *sensitivity.Indexed) string {
	var said []string
	for _, one := range x.Indices[:min(3, len(x.Indices))] {
		if one.Total.Value >= leastShown {
			said = append(said, fmt.Sprintf("%s (%s)", one.Name(), words.Percent(max(0, one.Total.Value))))
		}
	}
	if len(said) == 0 {
		return "No one input decides"
	}
	return "What decides most, with its share of the variance in all: " + strings.Join(said, "; ")
}

// indicesLine says what the shares rest on.
func indicesLine(x *sensitivity.Indexed) string {
	how := "exact in each draw"
	if !x.Exact {
		how = "from two sets of lives in each draw"
	}
	inputs := 0
	for _, one := range x.Indices {
		inputs += len(one.Inputs)
	}
	return fmt.Sprintf("%s of %s in %s, %s, seed %d; standard deviation over the inputs %s", words.Count(float64(x.Evaluations))+" draws",
		words.Plural(inputs, "uncertain input"), words.Plural(len(x.Indices), "group"), how, x.Seed, figure(x.SD, x.Measure.Unit).Text)
}

func shareOf(i sensitivity.Interval) Cell {
	c := percent(i.Value)
	c.Text, c.Low, c.High = words.Percent(max(0, i.Value)), &i.Low, &i.High
	return c
}

func intervalOf(i sensitivity.Interval) Cell {
	low, high := max(0, i.Low), max(0, i.High)
	return Cell{Text: words.Percent(low) + " to " + words.Percent(high), Low: &low, High: &high, Unit: unitShare, Decimals: 3}
}

// tornadoTable has the figure at both ends of each input's range.
func tornadoTable(t *sensitivity.Tornadoed) Table {
	unit := t.Measure.Unit
	table := Table{
		Title:   titleOf(t.Version) + ": " + t.Measure.String() + " over each input's own range",
		About:   append(append([]string{caseLine(t.Version)}, changedLines(t.Version)...), fmt.Sprintf("Central projection, one input changed at a time; unchanged %s; £ in %s", figure(t.Central, unit).Text, t.Version.Programme.PriceText(t.Prices))),
		Columns: append(append(append(textColumns("input", "low"), figureColumns("figure")...), append(textColumns("high"), figureColumns("figure", "swing")...)...), textColumns("range")...),
	}
	var still []string
	for _, b := range t.Bars {
		if math.Abs(b.Swing) < 0.5 && unit == montecarlo.Pounds || b.Swing == 0 {
			still = append(still, b.Name)
			continue
		}
		table.add(text(b.Name), text(b.LowLabel), figure(b.Low, unit), text(b.HighLabel), figure(b.High, unit), figure(b.Swing, unit), text(string(b.Range)))
	}
	table.Notes = []string{
		"Own range: from the 5% to the 95% point of what the file says is uncertain, or the alternatives with the lowest and the highest figure. Range of file: between two variants that the file names. Fixed step: the file says nothing of how well the input is known, and a round figure stands in.",
	}
	if len(still) > 0 {
		table.Notes = append(table.Notes, "Without effect on the figure: "+words.And(still)+".")
	}
	if len(t.Undefined) > 0 {
		table.Notes = append(table.Notes, "Without a figure at one end: "+words.And(t.Undefined)+".")
	}
	for _, left := range t.LeftOut {
		table.Notes = append(table.Notes, "Left out: "+left.Name+": "+left.LeftOut+".")
	}
	if n := len(t.Unmoved); n > 0 {
		table.Notes = append(table.Notes, fmt.Sprintf("%s of the register %s no range and no step here, such as dates, terms of the contract and costs of delivery; json lists them.", words.Plural(n, "setting"), have(n)))
	}
	return table
}

func have(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// spiderLines is how many inputs have a row.
const spiderLines = 8

// spiderShown are the tenths that have a column.
var spiderShown = []int{0, 2, 4, 7, 9}

// spiderTable has the mean of the figure by tenth of each input.
func spiderTable(s *sensitivity.Spidered) Table {
	unit := s.Measure.Unit
	t := Table{
		Title:   titleOf(s.Version) + ": mean " + s.Measure.String() + " by tenth of each input",
		About:   append(append([]string{caseLine(s.Version)}, changedLines(s.Version)...), words.Capital(runLine(s.Conventions, ""))+"; mean of all "+figure(s.Mean, unit).Text),
		Columns: append(textColumns("input"), figureColumns("lowest tenth", "third", "fifth", "eighth", "highest", "swing")...),
	}
	worst := 0.0
	for _, line := range s.Lines[:min(spiderLines, len(s.Lines))] {
		if len(line.Input.Values) > 0 {
			t.add(text(inputname.Of(line.Input)), none(), none(), none(), none(), none(), figure(line.Swing, unit))
			for _, p := range line.Points {
				t.part(text(p.Label), figure(p.Figure, unit))
			}
			continue
		}
		cells := []Cell{text(inputname.Of(line.Input))}
		for _, k := range spiderShown {
			if k >= len(line.Points) {
				cells = append(cells, none())
				continue
			}
			cells = append(cells, figure(line.Points[k].Figure, unit))
			worst = max(worst, line.Points[k].StdErr)
		}
		t.add(append(cells, figure(line.Swing, unit))...)
	}
	t.Notes = []string{
		"Replications of one run in order of the input's draws, in ten parts; other inputs are as they were drawn, so that what goes together with an input is in its line. Alternatives have a row each.",
		fmt.Sprintf("Monte Carlo error at most %s (one standard error).", figure(worst, unit).Text),
	}
	if left := len(s.Lines) - spiderLines; left > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("The %d inputs whose mean swings furthest are shown; csv and json have the other %d.", spiderLines, left))
	}
	return t
}

// sensitivitySheet has one figure in a row.
func sensitivitySheet(t *sensitivity.Tornadoed, x *sensitivity.Indexed, s *sensitivity.Spidered) Table {
	sheet := Table{Sheet: true, Columns: append(append(append(textColumns("programme", "case", "measure", "of", "arm", "analysis", "input", "path", "range", "point", "input_value"),
		figureColumns("value")...), textColumns("unit")...), append(figureColumns("low", "high", "standard_error"), textColumns("draws", "seed", "price_base")...)...)}
	k := t.Measure
	base := t.Version.Programme.PriceText(t.Prices)
	row := func(analysis, input, path, rangeOf, point, at string, value float64, unit string, low, high, err *float64, draws int, seed string) {
		cells := texts(t.Version.Programme.Name, t.Version.Name(), k.Name, k.Of, k.Arm, analysis, input, path, rangeOf, point, at)
		n := ""
		if draws > 0 {
			n = strconv.Itoa(draws)
		}
		sheet.add(append(append(cells, bareCell(value, unit), text(unit), orNothing(low, unit), orNothing(high, unit), orNothing(err, unit)), texts(n, seed, base)...)...)
	}
	unit := unitName(k.Unit)
	row("tornado", "", "", "", "unchanged", "", t.Central, unit, nil, nil, nil, 0, "")
	for _, b := range t.Bars {
		path := ""
		if b.Input != nil {
			path = string(b.Input.Path)
		}
		row("tornado", b.Name, path, string(b.Range), "low", b.LowLabel, b.Low, unit, nil, nil, nil, 0, "")
		row("tornado", b.Name, path, string(b.Range), "high", b.HighLabel, b.High, unit, nil, nil, nil, 0, "")
	}
	if x != nil {
		for _, one := range x.Indices {
			var paths []string
			for _, u := range one.Inputs {
				paths = append(paths, string(u.Path))
			}
			for _, share := range []struct {
				name string
				of   sensitivity.Interval
			}{{"alone", one.First}, {"in all", one.Total}, {"with others", one.Interaction}} {
				row("indices", one.Name(), strings.Join(paths, "; "), "", share.name, "", share.of.Value, unitShare, &share.of.Low, &share.of.High, nil, x.Evaluations, strconv.FormatUint(x.Seed, 10))
			}
		}
	}
	if s != nil {
		for _, line := range s.Lines {
			for i, p := range line.Points {
				row("spider", inputname.Of(line.Input), string(line.Input.Path), "", strconv.Itoa(i+1), p.Label, p.Figure, unit, nil, nil, &p.StdErr, p.Replications, strconv.FormatUint(s.Conventions.Seed, 10))
			}
		}
	}
	return sheet
}
