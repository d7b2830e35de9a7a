package finance

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// delivery is the cost of delivery made ready to be worked out from counts.
type delivery struct {
	lines []costLine
	// planned are the rows of the counts' weeks in which a started child's
	// case is open: planned states, tracking window, intervention arm.
	planned []int
	months  [][]int // days on which a quarter's costs are paid, by quarter
	most    int64   // pence of one line in one quarter
}

// costLine is one kind of cost.
type costLine struct {
	name string
	of   counted
	// rate is pence by quarter for one of what is counted; for what is due by
	// the month, for those of the quarter's months that are the programme's.
	rate []int64
	free bool // whether it is 0 in every quarter
	// once are amounts in pence that are paid in full on one day.
	once []onDay
}

// onDay is pence on one day.
type onDay struct {
	day   int
	pence int64
}

// counted is what a cost is paid for.
type counted int

const (
	quarters counted = iota
	referrals
	starts
	caseWeeks
)

// mostCosts is more than all costs of delivery together can come to, in pence:
// with it, no sum of an account overflows.
const mostCosts = unlimited / 2

// newDelivery prepares the costs. The error says which amount is too large.
func newDelivery(p *model.Programme, days *days) (delivery, error) {
	terms, shape := p.Delivery, p.Shape()
	perLine := int64(len(shape.Quarters) + 1) // amounts: one by quarter, and one that is due once
	in := &prices{
		first: p.Start.FinancialYear(), scale: terms.Factor(),
		rise: decimal.NewFromFloat(terms.Uplift).Add(decimal.New(1, 0)),
		most: mostCosts / perLine / int64(6+len(terms.Fees)),
	}
	d := delivery{months: days.months, most: in.most, planned: plannedRows(p, shape)}
	rate := func(name string, of counted, amount decimal.Decimal) {
		d.lines = append(d.lines, costLine{name: name, of: of, rate: in.each(name, shape.Quarters, amount)})
	}
	d.lines = append(d.lines, mobilisation(terms, days, in), in.byMonth("fixed", days, func(month calendar.Date) decimal.Decimal { return inForce(terms.FixedPerQuarter, month) }))
	rate("per referral", referrals, terms.PerReferral)
	rate("per start", starts, terms.PerStart)
	rate("per case week", caseWeeks, terms.PerCaseWeek)
	windUp := in.pence("wind-up", days.all[days.lastMonth].FinancialYear(), terms.WindUp)
	d.lines = append(d.lines, costLine{name: "wind-up", once: []onDay{{days.lastMonth, windUp}}})
	for _, f := range terms.Fees {
		line := in.byMonth(f.Name, days, func(calendar.Date) decimal.Decimal { return f.PerQuarter })
		line.once = onceOf(f, days, in)
		d.lines = append(d.lines, line)
	}
	for i := range d.lines {
		line := &d.lines[i]
		line.free = !slices.ContainsFunc(line.rate, func(pence int64) bool { return pence != 0 })
	}
	return d, in.err
}

// prices turns amounts into pence of a financial year.
type prices struct {
	first calendar.FinancialYear // in whose prices amounts are
	scale decimal.Decimal
	rise  decimal.Decimal // by which amounts are multiplied each 1 April
	most  int64
	err   error // of the first amount above most
}

// pence is an amount in £ in a year. As a tariff, it is rounded to the penny
// each time it rises.
func (p *prices) pence(name string, year calendar.FinancialYear, amount decimal.Decimal) int64 {
	return p.part(name, year, amount, 1)
}

// part is one of so many equal parts of an amount.
func (p *prices) part(name string, year calendar.FinancialYear, amount decimal.Decimal, parts int64) int64 {
	pence := amount.Mul(p.scale).Shift(2).DivRound(decimal.NewFromInt(parts), 0)
	for range year - p.first {
		pence = pence.Mul(p.rise).Round(0)
	}
	if pence.LessThanOrEqual(decimal.NewFromInt(p.most)) {
		return pence.IntPart()
	}
	if p.err == nil {
		p.err = fmt.Errorf("delivery: %s comes to £%s in %s, too large to be followed to the penny: it must be at most £%s",
			name, pence.Shift(-2).StringFixed(0), year, contract.Pounds(p.most).StringFixed(0))
	}
	return p.most
}

// each is an amount in £ by quarter, in pence.
func (p *prices) each(name string, quarters []calendar.Quarter, amount decimal.Decimal) []int64 {
	rate := make([]int64, len(quarters))
	for i, q := range quarters {
		rate[i] = p.pence(name, q.FinancialYear(), amount)
	}
	return rate
}

// mobilisation is what is spent before the first day.
func mobilisation(terms *model.Delivery, days *days, in *prices) costLine {
	line := costLine{name: "mobilisation"}
	parts := make([]int64, len(days.before))
	split(in.pence(line.name, in.first, terms.Mobilisation), parts)
	for i, day := range days.before {
		line.once = append(line.once, onDay{day, parts[i]})
	}
	return line
}

// byMonth is a cost that is due whether children come or not: for every month
// that holds a day of the programme, a third of the amount for a whole quarter
// that holds on the month's first day. Nothing is due for a month whose quarter
// is none of the programme's: see newDays.
func (p *prices) byMonth(name string, days *days, amount func(month calendar.Date) decimal.Decimal) costLine {
	line := costLine{name: name}
	for _, months := range days.months {
		var sum decimal.Decimal
		var year calendar.FinancialYear
		for _, day := range months {
			end := days.all[day]
			sum = sum.Add(amount(calendar.NewDate(end.Year(), end.Month(), 1)))
			year = end.FinancialYear()
		}
		line.rate = append(line.rate, p.part(name, year, sum, 3))
	}
	return line
}

// inForce returns the amount that holds on a day.
func inForce(amounts []model.DatedAmount, on calendar.Date) decimal.Decimal {
	var amount decimal.Decimal
	for _, a := range amounts {
		if a.From.IsZero() || !a.From.After(on) {
			amount = a.Amount
		}
	}
	return amount
}

// onceOf is what is due once of a fee. A month lies in one financial year, so
// its end tells the year.
func onceOf(f model.Fee, days *days, in *prices) []onDay {
	if f.Once.IsZero() {
		return nil
	}
	day := days.firstMonth
	if !f.On.IsZero() {
		day = days.index(monthEnd(f.On, 0))
	}
	return []onDay{{day, in.pence(f.Name, days.all[day].FinancialYear(), f.Once)}}
}

// plannedRows finds the weeks in which started children's cases are open.
func plannedRows(p *model.Programme, shape *contract.Shape) []int {
	var rows []int
	lines := len(shape.Cohorts) * len(shape.Commissioners)
	for k := range p.Cohorts {
		state := shape.State(p.Cohorts[k].PlannedState)
		for c := range shape.Commissioners {
			line := k*len(shape.Commissioners) + c
			rows = append(rows, (int(contract.Intervention)*lines+line)*len(shape.States)+state)
		}
	}
	return rows
}

// spend works out what delivery costs: pence by line and quarter, and by day.
func spend[N contract.Number](d *delivery, c *contract.Counts[N], a *Account) {
	clear(a.Costs)
	quarterly := a.quarterly
	clear(quarterly)
	for l := range d.lines {
		line := &d.lines[l]
		costs := a.Lines[l*len(quarterly) : (l+1)*len(quarterly)]
		if line.free {
			clear(costs)
		} else {
			line.costs(countOf(d, c, line.of, costs, a.counted), d.most, costs)
			addOne(quarterly, costs)
		}
		for _, once := range line.once {
			a.Costs[once.day] += once.pence
		}
	}
	for q, cost := range quarterly {
		share(a.Costs, d.months[q], cost)
	}
}

// costs works out a line by quarter from what it is paid for; nil is one each.
func (l *costLine) costs(counted []float64, most int64, costs []int64) {
	if counted == nil {
		copy(costs, l.rate)
		return
	}
	for q, rate := range l.rate {
		cost := float64(rate) * counted[q]
		if costs[q] = most; cost < float64(most) {
			costs[q] = rounded(cost)
		}
	}
}

// rounded is math.Round, for an amount that mostly is whole and fits an int64.
func rounded(amount float64) int64 {
	if whole := int64(amount); float64(whole) == amount {
		return whole
	}
	return int64(math.Round(amount))
}

// countOf counts by quarter what a cost is paid for; nil is one in each. Whole
// counts are added up as such in room, which is faster.
func countOf[N contract.Number](d *delivery, c *contract.Counts[N], of counted, room []int64, into []float64) []float64 {
	if of == quarters {
		return nil
	}
	if N(1)/2 != 0 {
		clear(into)
		count(d, c, of, into)
		return into
	}
	clear(room)
	count(d, c, of, room)
	for q, n := range room {
		into[q] = float64(n)
	}
	return into
}

// count adds what a cost is paid for to into.
func count[N, T contract.Number](d *delivery, c *contract.Counts[N], of counted, into []T) {
	switch of {
	case referrals:
		addRows(into, c.Referred)
	case starts:
		addRows(into, c.Started)
	case caseWeeks:
		addRows(into, c.Preparing)
		row := func(i int) []N { return c.Weeks[i*len(into) : (i+1)*len(into)] }
		planned := d.planned
		for ; len(planned) >= 2; planned = planned[2:] {
			addTwo(into, row(planned[0]), row(planned[1]))
		}
		for _, last := range planned {
			addOne(into, row(last))
		}
	}
}

// addRows adds rows of quarters up, two at a time for speed.
func addRows[N, T contract.Number](into []T, cells []N) {
	n := len(into)
	for ; len(cells) >= 2*n; cells = cells[2*n:] {
		addTwo(into, cells[:n], cells[n:2*n])
	}
	if len(cells) >= n {
		addOne(into, cells[:n])
	}
}

// addOne adds a row of quarters.
func addOne[N, T contract.Number](into []T, row []N) {
	row = row[:len(into)]
	for q := range into {
		into[q] += T(row[q])
	}
}

// addTwo adds two rows of quarters, in the order given.
func addTwo[N, T contract.Number](into []T, one, two []N) {
	one, two = one[:len(into)], two[:len(into)]
	for q := range into {
		into[q] = into[q] + T(one[q]) + T(two[q])
	}
}

// share spreads an amount over days in equal parts; what does not divide falls
// on the last.
func share(amounts []int64, days []int, amount int64) {
	part := amount / 3 // as almost always: it is much faster
	if len(days) != 3 {
		part = amount / int64(len(days))
	}
	for _, day := range days[:len(days)-1] {
		amounts[day] += part
		amount -= part
	}
	amounts[days[len(days)-1]] += amount
}

// split divides an amount into equal parts; what does not divide is in the last.
func split(amount int64, into []int64) {
	for i := range into {
		into[i] = amount / int64(len(into))
	}
	if n := len(into); n > 0 {
		into[n-1] += amount - amount/int64(n)*int64(n)
	}
}
