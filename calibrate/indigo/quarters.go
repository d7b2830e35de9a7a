package indigo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
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

// which returns the payments that fit.
func (p Project) which(fits func(Payment) bool) []Payment {
	var all []Payment
	for _, pay := range p.Payments {
		if fits(pay) {
			all = append(all, pay)
		}
	}
	return all
}

// rounded returns the payments with their amounts rounded to the penny. The total
// of rounded amounts may differ from the rounded total by some pennies.
func rounded(payments []Payment) []Payment {
	all := slices.Clone(payments)
	for i := range all {
		all[i].Amount.Decimal = all[i].Amount.Decimal.Round(2)
	}
	return all
}

// QuarterAmount is what is planned or paid for one calendar quarter in one
// currency.
type QuarterAmount struct {
	Quarter  calendar.Quarter
	Currency string // code, such as GBP; empty if the export gives none
	Amount   decimal.Decimal
	// Rows are those of the file that were added up; usually one.
	Rows []int
}

// Quarterly adds up payments by calendar quarter and currency, in order. Nothing
// is spread over quarters: payments for any other period, or without a period,
// are returned apart, unchanged. So are all payments for a quarter of which one
// has no amount, one that could not be read or one of more than 400 digits, because
// their sum is not known.
func Quarterly(payments []Payment) (quarters []QuarterAmount, others []Payment) {
	unknown := map[calendar.Quarter]bool{}
	for _, pay := range payments {
		if q, ok := pay.Period.Quarter(); ok && (!pay.Amount.Valid || decimals.Check(pay.Amount.Decimal) != nil) {
			unknown[q] = true
		}
	}
	for _, pay := range payments {
		q, ok := pay.Period.Quarter()
		if !ok || unknown[q] {
			others = append(others, pay)
			continue
		}
		i := slices.IndexFunc(quarters, func(a QuarterAmount) bool { return a.Quarter == q && a.Currency == pay.Currency })
		if i < 0 {
			i = len(quarters)
			quarters = append(quarters, QuarterAmount{Quarter: q, Currency: pay.Currency})
		}
		quarters[i].Amount = quarters[i].Amount.Add(pay.Amount.Decimal)
		quarters[i].Rows = append(quarters[i].Rows, pay.Row)
	}
	slices.SortFunc(quarters, func(a, b QuarterAmount) int {
		return cmp.Or(a.Quarter.Sub(b.Quarter), cmp.Compare(a.Currency, b.Currency))
	})
	return quarters, others
}

// series returns the places of payments that belong together: those of one type,
// plan and list of metrics. Each series is where its first payment is.
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
