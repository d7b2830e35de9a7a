package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// cashFlow lays the cash of the central projection out by financial year, line
// by line, each column adding up from opening to closing cash. There is no table
// for a programme without delivery terms, nor for a result that was read back
// from JSON.
func cashFlow(r *montecarlo.Result) []Table {
	p := r.Version.Programme
	a := r.Account
	if a == nil {
		return nil
	}
	y := newCashYears(a)
	t := Table{
		Title:   "Cash by financial year, central projection with means and ranges; £",
		About:   []string{caseLine(r.Version) + "; " + costsFrom(r.Version), cashOver(r)},
		Columns: y.columns(),
		Notes:   []string{"Amounts are in whole £, so a sum may seem to be £1 or £2 out. Costs and receipts fall in the year in which they are paid, mobilisation in the year in which it is spent. Quantiles do not add up over lines or years."},
	}
	if slices.ContainsFunc(a.Revalued, func(pence int64) bool { return pence != 0 }) {
		t.Notes = append(t.Notes, "In constant prices cash that is held loses value each 1 April; in cash prices what keeps its value rises. The row on it has the pennies of rounding too.")
	}
	opening, closing := y.cash()
	y.add(&t, "Cash at the start", opening)
	t.heading("In")
	y.add(&t, "Receipts", y.sum(a.Receipts))
	y.overReplications(&t, r, montecarlo.Receipts)
	for i, name := range a.Investors {
		y.addSome(&t, "Drawn from "+name, y.party(a.Drawn, i))
	}
	y.byFinder(&t, "Found for the shortfall", a.Shortfall)
	for i, name := range a.Investors {
		y.addSome(&t, "Paid under the guarantee for "+name, y.party(a.Guaranteed, i))
	}
	y.addSome(&t, "Change in the value of cash held", y.sum(a.Revalued))
	t.heading("Out")
	for _, line := range y.costs(p) {
		y.addSome(&t, words.Capital(line.name), line.pence)
	}
	y.add(&t, "Cost of delivery", y.sum(a.Costs))
	y.overReplications(&t, r, montecarlo.DeliveryCost)
	for i, name := range a.Investors {
		y.addSome(&t, "Commitment fee to "+name, y.party(a.Fees, i))
		y.addSome(&t, "Interest to "+name, y.party(a.Interest, i))
	}
	for i, name := range a.Investors {
		y.addSome(&t, "Paid back to "+name, y.party(a.Repaid, i))
	}
	y.byFinder(&t, "Paid back of the shortfall", a.ShortfallRepaid)
	y.add(&t, "Cash at the end", closing)
	y.overReplications(&t, r, montecarlo.CashHeld)
	t.heading("For comparison")
	y.add(&t, "Receipts less costs, added up", y.position())
	y.overReplications(&t, r, montecarlo.Position)
	if len(a.Investors) > 0 {
		y.add(&t, "Drawn from all investors", y.sum(a.Drawn))
		y.overReplications(&t, r, montecarlo.Drawn)
	}
	y.add(&t, "Found for the shortfall", y.sum(a.Shortfall))
	y.overReplications(&t, r, montecarlo.Shortfall)
	y.add(&t, "Paid to all who finance the programme", y.back())
	y.overReplications(&t, r, montecarlo.MoneyBack)
	return []Table{t}
}

// cashInShort lays the central cash of several cases out in a few rows each.
func cashInShort(c *montecarlo.Comparison) []Table {
	t := Table{
		Title: "Cash by financial year, central projection with means and ranges; £",
		About: []string{cashOver(c.Results...)},
		Notes: []string{"Paid to investors includes interest and what is paid back of a shortfall. edgeofcare invest with --detail, or with one case, shows every line and each investor."},
	}
	var all []*finance.Account
	for _, r := range c.Results {
		if r.Account == nil {
			return nil
		}
		all = append(all, r.Account)
	}
	first := newCashYears(all...)
	t.Columns = first.columns()
	for i, a := range all {
		y := &cashYears{a: a, years: first.years}
		_, closing := y.cash()
		r := c.Results[i]
		t.heading(headingOf(c.Results[i].Version))
		y.add(&t, "Receipts", y.sum(a.Receipts))
		y.overReplications(&t, r, montecarlo.Receipts)
		y.add(&t, "Cost of delivery", y.sum(a.Costs))
		y.add(&t, "Drawn", y.sum(a.Drawn))
		y.addSome(&t, "Found for the shortfall", y.sum(a.Shortfall))
		y.addSome(&t, "Paid under guarantees", y.sum(a.Guaranteed))
		y.add(&t, "Paid to investors", y.back())
		y.overReplications(&t, r, montecarlo.MoneyBack)
		y.addSome(&t, "Change in the value of cash held", y.sum(a.Revalued))
		y.add(&t, "Cash at the end", closing)
		y.overReplications(&t, r, montecarlo.CashHeld)
	}
	return []Table{t}
}

// cashYears adds an account up by financial year.
type cashYears struct {
	a     *finance.Account
	years []calendar.FinancialYear
}

// byFinder adds a row on a shortfall, or one for each of several who find the money.
func (y *cashYears) byFinder(t *Table, label string, series []int64) {
	if len(y.a.Finders) == 1 {
		y.addSome(t, label, y.sum(series))
		return
	}
	for i, name := range y.a.Finders {
		y.addSome(t, label+", "+name, y.party(series, i))
	}
}

// newCashYears prepares the financial years of accounts.
func newCashYears(accounts ...*finance.Account) *cashYears {
	y := &cashYears{a: accounts[0]}
	for _, a := range accounts {
		for _, day := range a.Days {
			if year := day.FinancialYear(); !slices.Contains(y.years, year) {
				y.years = append(y.years, year)
			}
		}
	}
	slices.Sort(y.years)
	for i := 1; i < len(y.years); i++ { // a year in which nothing moves is shown all the same
		if y.years[i] != y.years[i-1]+1 {
			y.years = slices.Insert(y.years, i, y.years[i-1]+1)
		}
	}
	return y
}

func (y *cashYears) columns() []Column {
	columns := textColumns("")
	for _, year := range y.years {
		columns = append(columns, Column{Heading: year.String()})
	}
	return append(columns, Column{Heading: "total"})
}

// sum adds series by anything × day up by year, with the total last.
func (y *cashYears) sum(series ...[]int64) []int64 {
	sums := make([]int64, len(y.years)+1)
	for _, days := range series {
		for i, pence := range days {
			sums[y.of(y.a.Days[i%len(y.a.Days)])] += pence
			sums[len(y.years)] += pence
		}
	}
	return sums
}

func (y *cashYears) of(day calendar.Date) int { return int(day.FinancialYear() - y.years[0]) }

// party is sum for one investor or finder of a series over them and days.
func (y *cashYears) party(series []int64, i int) []int64 {
	n := len(y.a.Days)
	return y.sum(series[i*n : (i+1)*n])
}

// back is what is paid to those who finance the programme: investors, and whoever met
// a shortfall.
func (y *cashYears) back() []int64 {
	return y.sum(y.a.Repaid, y.a.Interest, y.a.Fees, y.a.ShortfallRepaid)
}

// overReplications adds, as parts of the row above, the mean and the range of its
// measure by year. The total of a balance is that of the last year; that of a flow has
// a range where the result has the total.
func (y *cashYears) overReplications(t *Table, r *montecarlo.Result, name string) {
	series, ok := paidByYear(r, name)
	if !ok {
		return
	}
	total := series.By[len(series.By)-1]
	if name != montecarlo.CashHeld && name != montecarlo.Position {
		s, _ := r.Totals.Of(name)
		total = montecarlo.Distribution{Quantiles: s.Quantiles}
		for _, d := range series.By {
			total.Mean += d.Mean
		}
	}
	row := func(label string, of func(montecarlo.Distribution) Cell) {
		cells := []Cell{text(label)}
		for _, year := range y.years {
			if i := slices.Index(r.PaidYears, year); i >= 0 {
				cells = append(cells, of(series.By[i]))
			} else { // only other cases have money in it
				cells = append(cells, none())
			}
		}
		t.part(append(cells, of(total))...)
	}
	row("mean", func(d montecarlo.Distribution) Cell { return number(d.Mean, 0, unitPounds) })
	if r.Conventions.Replications == 1 {
		return // which has no range
	}
	for _, p := range []float64{returnQuantiles[0], returnQuantiles[2]} {
		row(words.Percentile(p), func(d montecarlo.Distribution) Cell { return quantileAt(d, p) })
	}
}

// cashOver says what means and quantiles of cash are over.
func cashOver(results ...*montecarlo.Result) string {
	return "Means and quantiles are of the replications, " + over(results...)
}

// quantileAt is a quantile of an amount; none if it was not asked for.
func quantileAt(d montecarlo.Distribution, p float64) Cell {
	for _, q := range d.Quantiles {
		if q.P == p {
			return number(q.Value, 0, unitPounds)
		}
	}
	return none()
}

// cash is the cash at the start and at the end of each year; the total's are
// those of the whole.
func (y *cashYears) cash() (opening, closing []int64) {
	n := len(y.years)
	closing, opening = y.last(y.a.Cash), make([]int64, n+1)
	copy(opening[1:n], closing)
	return opening, closing
}

// position is receipts less costs added up to the end of each year.
func (y *cashYears) position() []int64 {
	days, sum := make([]int64, len(y.a.Days)), int64(0)
	for i := range days {
		sum += y.a.Receipts[i] - y.a.Costs[i]
		days[i] = sum
	}
	return y.last(days)
}

// last is what a balance by day is at the end of each year, and of the whole.
func (y *cashYears) last(days []int64) []int64 {
	ends := make([]int64, len(y.years)+1)
	day := 0
	for i, year := range y.years {
		if i > 0 {
			ends[i] = ends[i-1]
		}
		for ; day < len(days) && y.a.Days[day].FinancialYear() == year; day++ {
			ends[i] = days[day]
		}
		ends[len(y.years)] = ends[i]
	}
	return ends
}

// costLine is one line of cost by year, in pence.
type costLine struct {
	name  string
	pence []int64
}

// costs are the lines of cost. An account knows lines by quarter, and amounts
// that are due once within all costs of a day only: before the first day that is
// mobilisation, and later wind-up and fees that are due once.
func (y *cashYears) costs(p *model.Programme) []costLine {
	before, later := y.once(p)
	lines := []costLine{{"mobilisation", before}}
	quarters := p.Shape().Quarters
	for l, name := range y.a.CostLines {
		line := costLine{name, make([]int64, len(y.years)+1)}
		for q, pence := range y.a.Lines[l*len(quarters) : (l+1)*len(quarters)] {
			line.pence[y.of(quarters[q].Last())] += pence
			line.pence[len(y.years)] += pence
		}
		lines = append(lines, line)
		for i := range later {
			later[i] -= line.pence[i]
		}
	}
	return append(lines, costLine{"paid once: " + paidOnce(p), later})
}

// once splits all costs into those before the first day and those after it.
func (y *cashYears) once(p *model.Programme) (before, later []int64) {
	early, rest := make([]int64, len(y.a.Days)), slices.Clone(y.a.Costs)
	for i, day := range y.a.Days {
		if day.Before(p.Start) {
			early[i], rest[i] = rest[i], 0
		}
	}
	return y.sum(early), y.sum(rest)
}

// paidOnce names the costs after the first day that are due once.
func paidOnce(p *model.Programme) string {
	var names []string
	if p.Delivery.WindUp.IsPositive() {
		names = append(names, "wind-up")
	}
	for _, f := range p.Delivery.Fees {
		if f.Once.IsPositive() {
			names = append(names, f.Name)
		}
	}
	return words.And(names)
}

// add adds a row of pence by year.
func (y *cashYears) add(t *Table, label string, pence []int64) {
	cells := []Cell{text(label)}
	for _, v := range pence {
		cells = append(cells, number(float64(v)/100, 0, unitPounds))
	}
	t.add(cells...)
}

// addSome is add for a row that is left out if there is nothing in it.
func (y *cashYears) addSome(t *Table, label string, pence []int64) {
	if slices.ContainsFunc(pence, func(v int64) bool { return v != 0 }) {
		y.add(t, label, pence)
	}
}
