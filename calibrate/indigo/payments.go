package indigo

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Planned returns the planned payments of a plan in the order of their periods.
// Capitals in the plan's id do not matter. Those of no plan are Planned("").
func (p Project) Planned(plan string) []Payment {
	return p.which(func(pay Payment) bool { return pay.Type == Planned && strings.EqualFold(pay.Plan, plan) })
}

// Actual returns the payments made in the order of their periods.
func (p Project) Actual() []Payment {
	return p.which(func(pay Payment) bool { return pay.Type == Actual })
}

func (p Project) which(fits func(Payment) bool) []Payment {
	var all []Payment
	for _, pay := range p.Payments {
		if fits(pay) {
			all = append(all, pay)
		}
	}
	return all
}

// Total adds up payments, exactly; those without an amount count as nothing.
// The payments should be in one currency.
func Total(payments []Payment) decimal.Decimal {
	total := decimal.Zero
	for _, pay := range payments {
		total = total.Add(pay.Amount.Decimal)
	}
	return total
}

// Rounded returns the payments with their amounts rounded to the penny. The total
// of rounded amounts may differ from the rounded total by some pennies.
func Rounded(payments []Payment) []Payment {
	all := slices.Clone(payments)
	for i := range all {
		all[i].Amount.Decimal = all[i].Amount.Decimal.Round(2)
	}
	return all
}

// QuarterAmount is what is planned or paid for one calendar quarter.
type QuarterAmount struct {
	Quarter calendar.Quarter
	Amount  decimal.Decimal
	// Rows are those of the file that were added up; usually one.
	Rows []int
}

// Quarterly adds up payments by calendar quarter, in order. Nothing is spread
// over quarters: payments for any other period, without a period or without an
// amount are returned apart, as they are.
func Quarterly(payments []Payment) (quarters []QuarterAmount, others []Payment) {
	at := map[calendar.Quarter]int{}
	for _, pay := range payments {
		q, ok := pay.Period.Quarter()
		if !ok || !pay.Amount.Valid {
			others = append(others, pay)
			continue
		}
		i, there := at[q]
		if !there {
			i = len(quarters)
			at[q] = i
			quarters = append(quarters, QuarterAmount{Quarter: q})
		}
		quarters[i].Amount = quarters[i].Amount.Add(pay.Amount.Decimal)
		quarters[i].Rows = append(quarters[i].Rows, pay.Row)
	}
	slices.SortFunc(quarters, func(a, b QuarterAmount) int { return a.Quarter.Sub(b.Quarter) })
	return quarters, others
}

// series returns the places of payments that belong together: those of one type,
// plan and list of metrics, in the order of the first of each.
func series(payments []Payment) [][]int {
	at := map[string]int{}
	var all [][]int
	for i, pay := range payments {
		key := strings.Join(append([]string{string(pay.Type), pay.Plan}, pay.Metrics...), "\x00")
		n, there := at[key]
		if !there {
			n = len(all)
			at[key] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], i)
	}
	return all
}

// mend repairs the year in which a period begins. In a series of quarters, a
// period that begins on the day a quarter does, but one or more years before the
// quarter at whose end it ends, is that quarter with a slip in the year, if
//
//   - it overlaps quarters of the series, which it would pay a second time;
//   - the quarter at whose end it ends has no row of its own;
//   - the quarter before or after that one has.
func (r *reader) mend(payments []Payment, group []int) {
	var quarters []calendar.Quarter
	for _, i := range group {
		if q, ok := payments[i].Period.Quarter(); ok {
			quarters = append(quarters, q)
		}
	}
	slices.Sort(quarters)
	has := func(q calendar.Quarter) bool {
		_, ok := slices.BinarySearch(quarters, q)
		return ok
	}
	for _, i := range group {
		p := payments[i].Period
		q := p.To.Quarter()
		years := p.To.Year() - p.From.Year()
		if p.From.IsZero() || q.IsZero() || p.To != q.Last() || years < 1 ||
			p.From != calendar.NewDate(q.First().Year()-years, q.First().Month(), 1) {
			continue
		}
		first, _ := slices.BinarySearch(quarters, p.From.Quarter())
		overlaps := first < len(quarters) && quarters[first] <= q
		if !overlaps || has(q) || !has(q-1) && !has(q+1) {
			continue
		}
		payments[i].Period.From = q.First()
		r.data.Repairs = append(r.data.Repairs, Repair{
			File: r.file(), Row: payments[i].Row, Column: r.starts, Given: month(p.From), Made: month(q.First()),
			Problem: "the period would be " + p.String() + ", over quarters that have rows of their own; it is taken to be the quarter at whose end it ends, " + q.String(),
		})
	}
}
