package main

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/population"
	"github.com/edgeofcare/edgeofcare/report"
)

// forecastPage is a forecast and what it was made of.
type forecastPage struct {
	*forecastCommand

	from *population.Population
	care *ssda903.Care
	*population.Forecast
}

// allInCare names the first line of every table.
const allInCare = "all in care"

func lineName(state string) string {
	if state == "" {
		return allInCare
	}
	return state
}

// tables are the page, and the sheet.
func (f *forecastPage) tables() []report.Table {
	pages := []report.Table{f.stockTable(), f.agesTable(), f.costTable()}
	if len(f.Levers) > 0 {
		pages = append(pages, f.leversTable())
	}
	if f.With != nil {
		pages = append(pages, f.programmeTable())
	}
	return append(pages, f.unitCosts(), f.sheet())
}

// at is where a quantile stands in ranges.
func at(q float64) int { return slices.Index(population.Quantiles(), q) }

// rangeCell is the 90% range of some quantiles.
func rangeCell(quantiles []float64, unit string, decimals int, write func(float64) string) report.Cell {
	low, high := quantiles[at(0.05)], quantiles[at(0.95)]
	return report.Cell{Text: write(low) + " to " + write(high), Low: &low, High: &high, Unit: unit, Decimals: decimals}
}

func childrenCell(n float64) report.Cell { return figureCell(n, 0, "children") }

// poundsCell is an amount to three figures.
func poundsCell(v float64) report.Cell {
	text, decimals := words.ThreeFigures(v)
	return report.Cell{Text: text, Value: &v, Unit: "GBP", Decimals: decimals}
}

func threeFigures(v float64) string { text, _ := words.ThreeFigures(v); return text }

// lastDay is 31 March of a financial year.
func lastDay(y calendar.FinancialYear) string { return calendar.NewDate(int(y)+1, 3, 31).String() }

// stockTable is the children in care at the end of each year, by state.
func (f *forecastPage) stockTable() report.Table {
	t := figures(textTable("Children in care on 31 March: today, then expected", "", "on"), "children", "90% range", "from chance alone")
	t.About = f.about()
	for _, s := range f.Stock {
		if s.Age != nil {
			break
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: lineName(s.State)}, {Text: f.Start.String()}, childrenCell(float64(s.Today)), {}, {}}})
		for y, x := range s.Years {
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
				{},
				{Text: lastDay(f.Forecast.Years[y])},
				childrenCell(x.Expected),
				rangeCell(x.Range, "children", 0, words.Count), rangeCell(x.Chance, "children", 0, words.Count),
			}})
		}
	}
	t.Notes = f.notes()
	return t
}

// about says what the figures rest on.
func (f *forecastPage) about() []string {
	w := f.care.Window
	rejected := 0
	for _, table := range f.care.Log.Tables {
		rejected += table.Rejected
	}
	rows := ""
	if n := f.count(rejected); rejected > 0 {
		rows = "; " + n + " rows not used: edgeofcare calibrate says why"
	}
	entries := 0
	for _, e := range f.from.Entries {
		entries += e.N
	}
	return []string{
		fmt.Sprintf("Returns of %s to %s%s", w.From.Long(), w.To.Long(), rows),
		fmt.Sprintf("%s entries in %s weeks; %s replications, seed %d", f.count(entries), words.Count(f.from.EntryWeeks), words.Count(float64(f.Forecast.Replications)), f.Forecast.Seed),
	}
}

// count writes a number, unless it is small and hidden.
func (f *forecastPage) count(n int) string {
	if f.Suppress && estimate.Small(n) {
		return "1 to 5"
	}
	return words.Count(float64(n))
}

// notes say how the figures are to be read.
func (f *forecastPage) notes() []string {
	notes := []string{
		"Expected numbers are exact at the estimated rates. Ranges are of rates and chance together, those from chance alone at the estimated rates. Nothing covers rates that change: edgeofcare calibrate --by year shows whether they did.",
	}
	if c := f.from.Clustering; c > 1.5 {
		notes = append(notes, fmt.Sprintf("The number of entries in a quarter varies %s times as much as if children came one by one: they come together, or the rate changed, and ranges are too narrow.", words.Number(c, 1)))
	}
	for _, l := range []struct {
		n    int
		what string
	}{
		{f.from.Left.NoBirthday, "in care today have no date of birth and are in no figure: their 18th birthday is not known"},
		{f.from.Left.Adults, "in care today are 18 or over and are in no figure"},
	} {
		if l.n > 0 {
			notes = append(notes, f.count(l.n)+" children "+l.what+".")
		}
	}
	for _, s := range f.Stock {
		if s.State == "other states" {
			notes = append(notes, "Other states are those that few children are in today, put together so that no line points to somebody.")
			break
		}
	}
	if f.Suppress {
		notes = append(notes, publishOne)
	}
	return notes
}

// agesTable is the same by age, and by state and age, as expected.
func (f *forecastPage) agesTable() report.Table {
	t := figures(textTable("Expected by age on 31 March", "", "age"), "today")
	for _, y := range f.Forecast.Years {
		t = figures(t, fmt.Sprint(int(y)+1))
	}
	t.Columns = append(t.Columns, report.Column{Heading: "give or take by chance"})
	last := "none"
	for _, s := range f.Stock {
		if s.Age == nil {
			continue
		}
		name := lineName(s.State)
		if name == last {
			name = ""
		} else {
			last = name
		}
		cells := []report.Cell{{Text: name}, {Text: bandOfAges(*s.Age)}, childrenCell(float64(s.Today))}
		for _, x := range s.Years {
			cells = append(cells, childrenCell(x.Expected))
		}
		t.Rows = append(t.Rows, report.Row{Cells: append(cells, figureCell(s.Years[len(s.Years)-1].ChanceSD, 1, "children"))})
	}
	t.Notes = []string{"The last column is the standard deviation that chance alone gives the last year."}
	if f.Hidden > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%s by state and age are left out, because they are of 1 to 5 children today or give such a number away.", words.Capital(words.Plural(f.Hidden, "line"))))
	}
	return t
}

// costTable is what all of them cost.
func (f *forecastPage) costTable() report.Table {
	t := figures(textTable("Cost of care by financial year", "", "year"), "expected", "90% range", "from chance alone")
	t.About = []string{"£ in constant prices of the unit costs below"}
	for i, s := range f.Spend {
		name := lineName(s.State)
		row := func(year string, x population.Figure) {
			cells := []report.Cell{{Text: name}, {Text: year}, poundsCell(x.Expected), {}, {}}
			cells[3], cells[4] = rangeCell(x.Range, "GBP", 0, threeFigures), rangeCell(x.Chance, "GBP", 0, threeFigures)
			t.Rows = append(t.Rows, report.Row{Cells: cells})
			name = ""
		}
		if i == 0 {
			for y, x := range s.Years {
				row(f.Forecast.Years[y].String(), x)
			}
		}
		row("together", s.Total)
	}
	return t
}

// leversTable is what each lever saves.
func (f *forecastPage) leversTable() report.Table {
	t := textTable("What a lever saves", "lever")
	for _, y := range f.Forecast.Years {
		t = figures(t, y.String())
	}
	t = figures(t, "together", "90% range", "from chance alone", "children at the end")
	t.About = []string{"Cost without the lever less cost with it, £ in the same prices, before what the lever costs"}
	for _, s := range f.Levers {
		cells := []report.Cell{{Text: s.Lever.Name}}
		for _, x := range s.Years {
			cells = append(cells, poundsCell(x.Expected))
		}
		change := figureCell(s.Stock[0], 1, "children")
		change.Text = words.Signed(s.Stock[0], change.Text)
		t.Rows = append(t.Rows, report.Row{Cells: append(cells, poundsCell(s.Total.Expected), rangeCell(s.Total.Range, "GBP", 0, threeFigures), rangeCell(s.Total.Chance, "GBP", 0, threeFigures), change)})
	}
	t.Notes = []string{"Ranges are of pairs: the same children, with and without the lever. A child who no longer comes into care is taken to cost the council nothing; one who makes a move less often stays where it is for longer."}
	for _, state := range f.movedInto() {
		t.Notes = append(t.Notes, fmt.Sprintf("Moves to %s leave out children who enter care there: the lever of those is %s entries. Write both, with a comma between them, to change both.", state, state))
	}
	return t
}

// movedInto are the states of which a lever changes moves from anywhere and no entries.
func (f *forecastPage) movedInto() (states []string) {
	for _, s := range f.Levers {
		for _, c := range s.Lever.Changes {
			entries := slices.ContainsFunc(s.Lever.Changes, func(e population.Change) bool { return e.Entries && (e.To == c.To || e.To == "") })
			entered := slices.ContainsFunc(f.from.Entries, func(e population.Entries) bool { return e.State == c.To })
			if !c.Entries && c.From == "" && entered && !entries && !slices.Contains(states, c.To) {
				states = append(states, c.To)
			}
		}
	}
	return states
}

// programmeTable is what is expected with a programme and without.
func (f *forecastPage) programmeTable() report.Table {
	w := f.With
	t := figures(textTable("With "+w.Programme, "", "on"), "without", "with", "change", "90% range without")
	whose := ""
	if w.Council != "" {
		whose = ", of " + w.Council + " alone"
	}
	t.About = []string{fmt.Sprintf("Expected children in care; %s children referred in %s%s", words.Number(w.Referred, 1), words.Plural(len(f.Forecast.Years), "year"), whose)}
	signed := func(v float64, text string) report.Cell {
		return report.Cell{Text: words.Signed(v, text), Value: &v, Unit: "children", Decimals: 1}
	}
	for i, changes := range w.Stock {
		name := lineName(f.Stock[i].State)
		for y, change := range changes {
			x := f.Stock[i].Years[y]
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
				{Text: name},
				{Text: lastDay(f.Forecast.Years[y])},
				figureCell(x.Expected, 1, "children"), figureCell(x.Expected+change, 1, "children"),
				signed(change, words.Number(change, 1)), rangeCell(x.Range, "children", 0, words.Count),
			}})
			name = ""
		}
	}
	sum := 0.0
	for y, v := range w.Cost {
		sum += v
		t.Rows = append(t.Rows, f.costChange(map[bool]string{true: "cost of care"}[y == 0], f.Forecast.Years[y].String(), f.Spend[0].Years[y].Expected, v))
	}
	t.Rows = append(t.Rows, f.costChange("", "together", f.Spend[0].Total.Expected, sum))
	t.Notes = []string{
		"The forecast is taken to be what happens without the programme, and the programme's children to be among its children. The change is what the programme's own file expects of them, with it less without it, as if it began on the first day; on 31 March it is the mean of January to March. A child at home, on the edge of care or gone is not in care. Whether the council's returns show what that file assumes is not checked.",
		"Cost is at the unit costs below, without what the programme is paid.",
	}
	return t
}

// costChange is a row of costs with a programme and without.
func (f *forecastPage) costChange(name, when string, without, change float64) report.Row {
	cell := poundsCell(change)
	cell.Text = words.Signed(change, cell.Text)
	return report.Row{Cells: []report.Cell{{Text: name}, {Text: when}, poundsCell(without), poundsCell(without + change), cell, {}}}
}

// unitCosts are the prices.
func (f *forecastPage) unitCosts() report.Table {
	t := figures(textTable("Unit costs", "state"), "£ a week")
	t.Columns = append(t.Columns, report.Column{Heading: "from", Text: true})
	for _, c := range f.Costs {
		v := c.Weekly.InexactFloat64()
		cell := report.Cell{Text: words.Exact(c.Weekly), Value: &v, Unit: "GBP", Decimals: 2, Status: "published"}
		source := c.Source
		if c.Assumed {
			cell.Status, source = "assumed", "assumed: "+source
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: c.State}, cell, {Text: source}}})
	}
	return t
}

// sheet has a row for each figure.
func (f *forecastPage) sheet() report.Table {
	t := figures(textTable("", "figure", "state", "age", "lever", "when", "unit"), "expected", "chance_sd", "p5", "p50", "p95", "chance_p5", "chance_p50", "chance_p95")
	t.Sheet = true
	add := func(figure, state, age, lever, when, unit string, x population.Figure) {
		cells := []report.Cell{{Text: figure}, {Text: state}, {Text: age}, {Text: lever}, {Text: when}, {Text: unit}, figureCell(x.Expected, 2, unit), {}}
		if x.ChanceSD > 0 {
			cells[7] = figureCell(x.ChanceSD, 2, unit)
		}
		for _, list := range [][]float64{x.Range, x.Chance} {
			for _, q := range []float64{0.05, 0.5, 0.95} {
				cell := report.Cell{}
				if len(list) > 0 {
					cell = figureCell(list[at(q)], 2, unit)
				}
				cells = append(cells, cell)
			}
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	for _, s := range f.Stock {
		age := "all"
		if s.Age != nil {
			age = bandOfAges(*s.Age)
		}
		add("children in care", lineName(s.State), age, "", f.Start.String(), "children", population.Figure{Expected: float64(s.Today)})
		for y, x := range s.Years {
			add("children in care", lineName(s.State), age, "", lastDay(f.Forecast.Years[y]), "children", x)
		}
	}
	for _, s := range f.Spend {
		for y, x := range s.Years {
			add("cost", lineName(s.State), "all", "", f.Forecast.Years[y].String(), "GBP", x)
		}
		add("cost", lineName(s.State), "all", "", "together", "GBP", s.Total)
	}
	for _, s := range f.Levers {
		for y, x := range s.Years {
			add("saving", allInCare, "all", s.Lever.Name, f.Forecast.Years[y].String(), "GBP", x)
		}
		add("saving", allInCare, "all", s.Lever.Name, "together", "GBP", s.Total)
	}
	if w := f.With; w != nil {
		for i, changes := range w.Stock {
			for y, change := range changes {
				add("change with programme", lineName(f.Stock[i].State), "all", "", lastDay(f.Forecast.Years[y]), "children", population.Figure{Expected: change})
			}
		}
		for y, change := range w.Cost {
			add("change with programme", allInCare, "all", "", f.Forecast.Years[y].String(), "GBP", population.Figure{Expected: change})
		}
	}
	return t
}
