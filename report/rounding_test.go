package report

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

const roundedNote = "Each figure is rounded by itself"

// readAmount is the figure that a text begins with, as a person reads it.
func readAmount(text string) (float64, bool) {
	parts := regexp.MustCompile(`^(-?)£?([0-9,]+(?:\.[0-9]+)?)(k|m)?(?: ±.*)?$`).FindStringSubmatch(text)
	if parts == nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(parts[2], ",", ""), 64)
	if parts[1] == "-" {
		v = -v
	}
	return v * map[string]float64{"": 1, "k": 1e3, "m": 1e6}[parts[3]], err == nil
}

// addsUp reports whether what is shown in a column of rows is what is shown in
// another cell.
func addsUp(t *testing.T, table Table, column, from, to int, total Cell) bool {
	t.Helper()
	sum := 0.0
	for _, row := range table.Rows[from:to] {
		v, ok := readAmount(row.cell(column).Text)
		require.True(t, ok, "%s: %q", table.Title, row.cell(column).Text)
		sum += v
	}
	want, ok := readAmount(total.Text)
	require.True(t, ok, total.Text)
	return math.Abs(sum-want) < 1e-6
}

// noted is a table as it is written.
func noted(table Table) Table { return withRounding([]Table{table})[0] }

// says reports whether a table says that figures are rounded by themselves.
func says(table Table) bool {
	return slices.ContainsFunc(noted(table).Notes, func(note string) bool { return strings.HasPrefix(note, roundedNote) })
}

// partsBelow are the rows of a table that are the parts of a row by names that stand
// one below another.
func partsBelow(table Table, row int, names []string) (from, to int) {
	for i := row + 1; i < len(table.Rows) && table.Rows[i].Indent > 0; i++ {
		if slices.Equal(labelsOf(Table{Rows: table.Rows[i:min(i+len(names), len(table.Rows))]}), names) {
			return i, i + len(names)
		}
	}
	return 0, 0
}

// In every programme of the library, wherever parts are shown with their total, they
// add up as shown or the table says that they do not. What parts there are is known
// here from names, not from figures.
func TestShownPartsAddUpOrTheTableSaysSo(t *testing.T) {
	apart, exact := 0, 0
	check := func(table Table, adds bool) {
		t.Helper()
		if adds {
			exact++
			return
		}
		apart++
		require.True(t, says(table), table.Title)
	}
	for _, info := range scenario.List() {
		c, err := montecarlo.Compare(t.Context(), versionsOf(t, info.Name, ""), "", montecarlo.Options{Replications: 30, Seed: 1})
		require.NoError(t, err)
		r := c.Results[0]
		p := r.Version.Programme
		page := Run(r)
		lists := partLists(p)
		for i, row := range page[0].Rows {
			for _, names := range lists {
				from, to := partsBelow(page[0], i, names)
				if row.Indent > 0 || from == to || row.cell(1).Value == nil {
					continue
				}
				label := row.cell(0).Text
				if strings.HasPrefix(label, "Payable") || strings.HasPrefix(label, "Cashable saving less") {
					continue // of several kinds, or with what others pay between: below
				}
				for _, column := range []int{1, 2} { // central and mean
					check(page[0], addsUp(t, page[0], column, from, to, row.Cells[column]))
				}
			}
		}
		checkNet(t, page[0], p, check)
		for _, table := range page {
			last := len(table.Rows) - 1
			if strings.HasSuffix(table.Title, "by financial year, central projection") {
				for column := 1; column < len(table.Columns); column++ {
					check(table, addsUp(t, table, column, 0, last, table.Rows[last].Cells[column]))
				}
			}
			if strings.HasPrefix(table.Title, "Outcome payments by quarter") && len(p.Published.Actual) > 0 {
				checkSoFar(t, table, check)
			}
		}
	}
	require.Greater(t, apart, 50)
	require.Greater(t, exact, 50)
}

// partLists are the names that figures of a programme are divided by, each in the
// order in which they are shown.
func partLists(p *model.Programme) [][]string {
	var cohorts, councils []string
	for _, c := range p.Cohorts {
		cohorts = append(cohorts, c.Name)
	}
	for _, c := range p.Commissioners {
		councils = append(councils, c.Name)
	}
	lists := [][]string{cohorts, append(outsidePayers(p), councils...)}
	if len(outsidePayers(p)) > 0 {
		lists = append(lists, councils, append(slices.Clone(councils), othersPay(p)))
	}
	return slices.DeleteFunc(lists, func(names []string) bool { return len(names) < 2 })
}

// checkNet checks that councils' savings and what others pay make up the public one.
func checkNet(t *testing.T, table Table, p *model.Programme, check func(Table, bool)) {
	t.Helper()
	if othersPay(p) == "" {
		return
	}
	n := len(p.Commissioners) + 1
	for i, row := range table.Rows {
		if row.cell(0).Text != othersPay(p) {
			continue
		}
		for k := range table.Rows {
			cash := table.Rows[k].cell(0).Text == "Cashable saving less all payments" && table.Rows[i-n].cell(0).Text == "Cashable saving less own payments"
			all := table.Rows[k].cell(0).Text == "Net public saving" && table.Rows[i-n].cell(0).Text == "Net saving"
			if cash || all {
				for _, column := range []int{1, 2} {
					check(table, addsUp(t, table, column, i-n+1, i+1, table.Rows[k].Cells[column]))
				}
			}
		}
	}
}

// checkSoFar checks payments so far against those of the quarters up to each.
func checkSoFar(t *testing.T, table Table, check func(Table, bool)) {
	t.Helper()
	headings := table.headings()
	for column, soFar := range map[int]int{
		slices.Index(headings, "central"): slices.Index(headings, "central so far"),
		slices.Index(headings, "actual"):  slices.Index(headings, "actual so far"),
	} {
		for i, row := range table.Rows {
			first := slices.IndexFunc(table.Rows, func(r Row) bool { return r.cell(column).Text != "" })
			if row.cell(soFar).Text == "" || i == first || slices.ContainsFunc(table.Rows[first:i+1], func(r Row) bool {
				return r.cell(column).Text == "" || r.cell(soFar).Text == "" && headings[column] == "actual"
			}) {
				continue
			}
			check(table, addsUp(t, table, column, first, i+1, row.cell(soFar)))
		}
	}
}

// By hand: £0.50 and £1,797,116.50 are shown as £1 and £1,797,117, their sum of
// £1,797,117 as £1,797,117: £1 apart. Three figures of 0.35 children are shown as
// 0.4, which makes 1.2 where 1.05 is shown as 1.1: 0.1 apart.
func TestRoundedApartByHand(t *testing.T) {
	table := Table{Title: "T", Columns: append(textColumns("", ""), figureColumns("a")...), Notes: []string{"n"}}
	table.add(text("all"), text(""), money(1_797_117))
	table.part(text("one"), text(""), money(0.5))
	table.part(text("other"), text(""), money(1_797_116.5))
	require.Equal(t, []string{roundedNote + ", so that parts may differ from the total shown with them, here by up to £1.", "n"}, noted(table).Notes)
	require.Equal(t, []string{"n"}, table.Notes, "the caller's table is as it was")

	children := func(v float64) Cell { return number(v, 1, "children") }
	table.add(text("started"), text(""), children(1.05))
	for range 3 {
		table.part(text("cohort"), text(""), children(0.35))
	}
	require.Contains(t, noted(table).Notes[0], "by up to £1 and 0.1 children.")

	whole := Table{Columns: append(textColumns(""), figureColumns("a")...)}
	whole.add(text("all"), money(5))
	whole.add(text("one"), money(2))
	whole.add(text("other"), money(3))
	require.Empty(t, noted(whole).Notes)
	for _, f := range []Format{Terminal, Markdown, JSON} {
		require.Contains(t, strings.Join(strings.Fields(written(t, f, Options{}, table)), " "), roundedNote, f)
	}
	require.NotContains(t, written(t, CSV, Options{}, table), roundedNote, "figures in CSV are not rounded")
}

// £100.50 twice is £201, and is shown as £101 twice.
func TestPlanWhoseQuartersAreRounded(t *testing.T) {
	quarter := calendar.NewQuarter(2021, 1)
	plan := model.Plan{Name: "plan 1", From: calendar.NewDate(2021, time.January, 1)}
	for i := range 2 {
		plan.Payments = append(plan.Payments, model.QuarterAmount{Quarter: quarter.Add(i), Amount: decimal.RequireFromString("100.50")})
	}
	within := []calendar.Quarter{quarter, quarter.Add(1)}
	require.Equal(t, "Plan 1 was in force from 1 January 2021 on; it comes to £201 before quarters are rounded.", planNote(plan, within))
	plan.Payments[1].Amount = decimal.RequireFromString("100")
	plan.Payments[0].Amount = decimal.RequireFromString("100")
	require.Equal(t, "Plan 1 was in force from 1 January 2021 on; it comes to £200.", planNote(plan, within))
}
