package finance

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// delivery is the cost of delivery made ready to be worked out from counts.
type delivery struct {
	lines   []costLine
	terms   model.Delivery // that they were made of
	level   bool           // see deliverylevel.go
	largest uint64         // millionths of a pound that are stated once or by quarter, where they are level
	planned []int          // the planned state of each cohort
	months  [][]int        // days on which a quarter's costs are paid, by quarter
	most    int64          // pence of one line in one quarter
}

// costLine is one kind of cost.
type costLine struct {
	name string
	of   counted
	// stated is by quarter what is due for one of what is counted, and rate the same
	// in pence; for what is due by the month, for those of the quarter's months that
	// are the programme's.
	stated []stated
	rate   []int64
	free   bool // whether it is 0 in every quarter
	// once are amounts in pence that are paid in full on one day.
	once   []onDay
	spread bool // whether once is the parts of mobilisation
}

// stated is one of so many equal parts of an amount in £.
type stated struct {
	amount     decimal.Decimal
	parts      int64
	millionths uint64 // the same amount, where the costs are level: see deliverylevel.go
}

// onDay is an amount that is paid on one day.
type onDay struct {
	day    int
	stated stated // nothing for a part of mobilisation
	pence  int64
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
func newDelivery(p *model.Programme, days *days, fixed contract.Prices) (delivery, error) {
	terms, shape := p.Delivery, p.Shape()
	perLine := int64(len(shape.Quarters) + 1) // amounts: one by quarter, and one that is due once
	in := &prices{
		first: p.Start.FinancialYear(), scale: terms.Factor(), uplift: decimal.NewFromFloat(1 + terms.Uplift), index: p.PriceIndex(), indexation: terms.Indexation, fixed: fixed,
		most: mostCosts / perLine / int64(6+len(terms.Fees)),
	}
	d := delivery{months: days.months, most: in.most, terms: *terms}
	for k := range p.Cohorts {
		d.planned = append(d.planned, slices.Index(shape.States, p.Cohorts[k].PlannedState))
	}
	rate := func(name string, of counted, amount decimal.Decimal) {
		line := in.each(name, shape.Quarters, amount)
		line.of = of
		d.lines = append(d.lines, line)
	}
	d.lines = append(d.lines, mobilisation(terms, days, in), in.byMonth("fixed", days, func(month calendar.Date) decimal.Decimal { return inForce(terms.FixedPerQuarter, month) }))
	rate("per referral", referrals, terms.PerReferral)
	rate("per start", starts, terms.PerStart)
	rate("per case week", caseWeeks, terms.PerCaseWeek)
	windUp := in.pence("wind-up", days.all[days.lastMonth].FinancialYear(), terms.WindUp)
	d.lines = append(d.lines, costLine{name: "wind-up", once: []onDay{{days.lastMonth, stated{amount: terms.WindUp, parts: 1}, windUp}}})
	for _, f := range terms.Fees {
		line := in.byMonth(f.Name, days, func(calendar.Date) decimal.Decimal { return f.PerQuarter })
		line.once = onceOf(f, days, in)
		d.lines = append(d.lines, line)
	}
	for i := range d.lines {
		line := &d.lines[i]
		line.free = line.costsNothing()
	}
	d.level = in.level() && d.inMillionths()
	return d, in.err
}

// costsNothing reports whether a line's rate is 0 in every quarter.
func (l *costLine) costsNothing() bool {
	return !slices.ContainsFunc(l.rate, func(pence int64) bool { return pence != 0 })
}

// prices turns amounts into pence of a financial year.
type prices struct {
	first      calendar.FinancialYear // after which amounts are uplifted
	scale      decimal.Decimal
	uplift     decimal.Decimal // 1 and the uplift
	index      contract.PriceIndex
	indexation decimal.NullDecimal
	fixed      contract.Prices
	most       int64
	err        error // of the first amount above most
	last       priced
}

// priced is the amount that was priced last: quarters of one year mostly have the
// same.
type priced struct {
	year   calendar.FinancialYear
	amount decimal.Decimal
	parts  int64
	pence  int64
}

// pence is an amount in £ in a year, rounded to the penny once.
func (p *prices) pence(name string, year calendar.FinancialYear, amount decimal.Decimal) int64 {
	return p.part(name, year, amount, 1)
}

// part is one of so many equal parts of an amount.
func (p *prices) part(name string, year calendar.FinancialYear, amount decimal.Decimal, parts int64) int64 {
	if p.last.parts == parts && p.last.year == year && p.last.amount.Equal(amount) {
		return p.last.pence
	}
	p.last = priced{year, amount, parts, p.priced(name, year, amount, parts)}
	return p.last.pence
}

func (p *prices) priced(name string, year calendar.FinancialYear, amount decimal.Decimal, parts int64) int64 {
	stated := amount.Mul(p.scale).Shift(2).DivRound(decimal.NewFromInt(parts), 20)
	pence := p.in(name, stated, year)
	if pence.LessThanOrEqual(decimal.NewFromInt(p.most)) {
		return pence.IntPart()
	}
	if p.err == nil {
		p.err = fmt.Errorf("delivery: %s comes to £%s in %s, too large to be counted to £0.01: it must be at most £%s",
			name, pence.Shift(-2).StringFixed(0), year, contract.Pounds(p.most).StringFixed(0))
	}
	return p.most
}

// in is a stated amount in pence in a year, to the penny.
func (p *prices) in(name string, stated decimal.Decimal, year calendar.FinancialYear) decimal.Decimal {
	for range year - p.first {
		if p.uplift.Equal(decimal.NewFromInt(1)) {
			break
		}
		stated = stated.Mul(p.uplift).Round(20)
	}
	pence, err := p.index.Amount(stated, p.indexation, p.fixed, year)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("delivery: %s: %w", name, err)
	}
	return pence
}

// each is a line of an amount in £ that is the same in every quarter.
func (p *prices) each(name string, quarters []calendar.Quarter, amount decimal.Decimal) costLine {
	line := costLine{name: name}
	for _, q := range quarters {
		line.stated = append(line.stated, stated{amount: amount, parts: 1})
		line.rate = append(line.rate, p.pence(name, q.FinancialYear(), amount))
	}
	return line
}

// mobilisation is what is spent before the first day.
func mobilisation(terms *model.Delivery, days *days, in *prices) costLine {
	line := costLine{name: "mobilisation", spread: true}
	parts := make([]int64, len(days.before))
	stated := terms.Mobilisation.Mul(in.scale).Shift(2).Round(0)
	if stated.GreaterThan(decimal.NewFromInt(in.most)) {
		in.pence(line.name, days.all[0].FinancialYear(), terms.Mobilisation) // says so
		return line
	}
	split(stated.IntPart(), parts)
	for i, day := range days.before {
		// The parts are whole pence before prices change, so that they add up.
		part := in.in(line.name, decimal.NewFromInt(parts[i]), days.all[day].FinancialYear())
		line.once = append(line.once, onDay{day: day, pence: part.IntPart()})
	}
	return line
}

// byMonth is a cost that is due whether or not children are referred: for every
// month that holds a day of the programme, a third of the amount for a whole
// quarter that applies on the month's first day. Nothing is due for a month whose
// quarter is not one of the programme's: see newDays.
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
		line.stated = append(line.stated, stated{amount: sum, parts: 3})
		line.rate = append(line.rate, p.part(name, year, sum, 3))
	}
	return line
}

// inForce is the amount that applies on a day.
func inForce(amounts []model.DatedAmount, on calendar.Date) decimal.Decimal {
	var amount decimal.Decimal
	for _, a := range amounts {
		if a.From.IsZero() || !a.From.After(on) {
			amount = a.Amount
		}
	}
	return amount
}

// onceOf is the part of a fee that is due once. A month lies in one financial
// year, so that its end has the right year.
func onceOf(f model.Fee, days *days, in *prices) []onDay {
	if f.Once.IsZero() {
		return nil
	}
	day := days.firstMonth
	if !f.On.IsZero() {
		day = days.index(monthEnd(f.On, 0))
	}
	return []onDay{{day, stated{amount: f.Once, parts: 1}, in.pence(f.Name, days.all[day].FinancialYear(), f.Once)}}
}

// spend works out what delivery costs: pence by line and quarter, and by day.
func spend[N contract.Number](d *delivery, c *contract.Counts[N], a *Account) {
	for l := range d.lines {
		line, costs := &d.lines[l], d.costsOf(a, l)
		if line.free {
			clear(costs)
		} else {
			line.costs(countOf(d, c, line.of, costs, a.counted), d.most, costs)
		}
	}
	d.byDay(a, nil)
}

// costsOf is a line's part of an account, by quarter.
func (d *delivery) costsOf(a *Account, line int) []int64 {
	return a.Lines[line*len(a.quarterly) : (line+1)*len(a.quarterly)]
}

// byDay spreads the lines of an account over the days on which they are paid, and
// adds what is due once, times the factor of its day if there are any.
func (d *delivery) byDay(a *Account, factors []float64) {
	clear(a.Costs)
	quarterly := a.quarterly
	clear(quarterly)
	for l := range d.lines {
		line := &d.lines[l]
		if !line.free {
			addQuarters(quarterly, d.costsOf(a, l))
		}
		for _, once := range line.once {
			pence := once.pence
			if factors != nil {
				pence = rounded(float64(pence) * factors[once.day])
			}
			a.Costs[once.day] += pence
		}
	}
	for q, cost := range quarterly {
		share(a.Costs, d.months[q], cost)
	}
}

// costs works out a line by quarter from what it is paid for; nil means one in
// each quarter.
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

// countOf counts by quarter what a cost is paid for; nil means one in each.
// Whole counts are added up as whole numbers in room, which is faster.
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

// count adds what a cost is paid for to into. A child's case is open before the
// start, and after it in the planned state while tracked.
func count[N, T contract.Number](d *delivery, c *contract.Counts[N], of counted, into []T) {
	switch of {
	case referrals:
		addLines(into, c.Shape, c.ReferredIn)
	case starts:
		addLines(into, c.Shape, c.StartedIn)
	case caseWeeks:
		addLines(into, c.Shape, c.PreparingIn)
		addLines(into, c.Shape, func(cohort, commissioner int) []N {
			return c.WeeksIn(contract.Tracking, contract.Intervention, cohort, commissioner, d.planned[cohort])
		})
	}
}

// addLines adds the quarters of every cohort and commissioner.
func addLines[N, T contract.Number](into []T, s *contract.Shape, quartersOf func(cohort, commissioner int) []N) {
	for cohort := range s.Cohorts {
		for commissioner := range s.Commissioners {
			addQuarters(into, quartersOf(cohort, commissioner))
		}
	}
}

// addQuarters adds one series over quarters.
func addQuarters[N, T contract.Number](into []T, quarters []N) {
	quarters = quarters[:len(into)]
	for q := range into {
		into[q] += T(quarters[q])
	}
}
