package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What is earned in one financial year may be paid in the next: a claim for January
// to March that is paid 45 days after. Budgets and savings go by the quarter in which
// it is earned, and cash by the day on which it is paid.

// paidYears are the financial years in which money is paid.
type paidYears struct {
	years []calendar.FinancialYear
	claim []int // by quarter: the year in which its claims are paid
	fee   []int // by quarter: that in which its delivery fee is paid; nil without one
	day   []int // by day on which money can move: later days in no earlier year
}

// newPaidYears finds the financial years from the first payment to the last. Days
// are those on which money can move, claims among them; none without delivery terms,
// when claims are taken to be paid on the last day of their quarter.
func newPaidYears(p *model.Programme, days []calendar.Date) paidYears {
	after := 0
	if p.Delivery != nil {
		after = p.Delivery.ClaimsPaidAfter
	}
	var on []calendar.Date
	for _, quarter := range p.Shape().Quarters {
		on = append(on, quarter.Last().AddDays(after))
	}
	all := slices.Concat(on, days)
	if p.Contract.Fee != nil { // on the last days of months of the quarter
		for _, quarter := range p.Shape().Quarters {
			all = append(all, quarter.Last())
		}
	}
	first := slices.MinFunc(all, calendar.Date.Compare).FinancialYear()
	last := slices.MaxFunc(all, calendar.Date.Compare).FinancialYear()
	var y paidYears
	for year := first; year <= last; year++ {
		y.years = append(y.years, year)
	}
	for _, date := range on {
		y.claim = append(y.claim, int(date.FinancialYear()-first))
	}
	if p.Contract.Fee != nil {
		for _, quarter := range p.Shape().Quarters {
			y.fee = append(y.fee, int(quarter.FinancialYear()-first))
		}
	}
	for _, date := range days {
		y.day = append(y.day, int(date.FinancialYear()-first))
	}
	return y
}

// within counts by the years of the central projection. What a draw of an uncertain
// delay pays before the first of them or after the last counts in that year.
func (y *paidYears) within(years []calendar.FinancialYear) {
	for _, index := range [][]int{y.claim, y.fee, y.day} {
		for i, year := range index {
			index[i] = min(max(int(y.years[year]-years[0]), 0), len(years)-1)
		}
	}
	y.years = years
}

// fillPaymentsMade records what one payer, or all of them, pays in each financial
// year of payment: of each quarter the amount that [finance.WhenPaid] says, and the
// delivery fee, of which fees are the parts of each payer, within the quarter.
func fillPaymentsMade(s *sheet, l *contract.Ledger, f *figures, of string, rows []int, fees ...[]int64) {
	if s.totalsOnly {
		return
	}
	add(f, l.Payments, rows, 1)
	sums := f.whenPaid(s, Key{Name: PaymentsMade, Of: of})
	for _, payer := range fees {
		for q, fee := range payer {
			f.series[q] -= float64(fee)
			sums[s.paid.fee[q]] += float64(fee)
		}
	}
	for q, pence := range f.series {
		year := s.paid.claim[q]
		sums[year] += float64(finance.WhenPaid(l, int64(pence), s.shape.Quarters[q].FinancialYear(), s.paid.years[year]))
	}
	clear(f.series)
}

// fillCashByYear records the cash of a programme by financial year.
func fillCashByYear(s *sheet, a *finance.Account, f *figures) {
	s.paid.add(f.whenPaid(s, Key{Name: Receipts}), a.Receipts)
	s.paid.add(f.whenPaid(s, Key{Name: DeliveryCost}), a.Costs)
	s.paid.add(f.whenPaid(s, Key{Name: Drawn}), a.Drawn)
	s.paid.add(f.whenPaid(s, Key{Name: Shortfall}), a.Shortfall)
	if s.guaranteed {
		s.paid.add(f.whenPaid(s, Key{Name: Guaranteed}), a.Guaranteed)
	}
	back := f.whenPaid(s, Key{Name: MoneyBack})
	s.paid.add(back, a.Fees)
	s.paid.add(back, a.Interest)
	s.paid.add(back, a.Repaid)
	s.paid.add(back, a.ShortfallRepaid)
	cash := f.whenPaid(s, Key{Name: CashHeld})
	for day, pence := range a.Cash {
		cash[s.paid.day[day]] = float64(pence)
	}
	s.paid.carryForward(cash)
	position := f.whenPaid(s, Key{Name: Position})
	so := int64(0)
	for day, receipts := range a.Receipts {
		so += receipts - a.Costs[day]
		position[s.paid.day[day]] = float64(so)
	}
	s.paid.carryForward(position)
}

// add adds a series over days, or over investors and days, up by year.
func (y *paidYears) add(years []float64, series []int64) {
	for ; len(series) > 0; series = series[len(y.day):] {
		year, sum := 0, int64(0)
		for i, pence := range series[:len(y.day)] {
			if y.day[i] != year {
				years[year] += float64(sum)
				year, sum = y.day[i], 0
			}
			sum += pence
		}
		years[year] += float64(sum)
	}
}

// carryForward gives a year in which no money can move the balance of the year before.
func (y *paidYears) carryForward(years []float64) {
	last := 0 // day
	for year := 1; year < len(years); year++ {
		for last < len(y.day) && y.day[last] < year {
			last++
		}
		if last == len(y.day) || y.day[last] != year {
			years[year] = years[year-1]
		}
	}
}

// whenPaid makes room for a series over the financial years of payment.
func (f *figures) whenPaid(s *sheet, k Key) []float64 {
	f.name(column{Key: k, width: len(s.paid.years), period: whenPaid, exact: afterCaps})
	first := len(f.values)
	for range s.paid.years {
		f.values = append(f.values, 0)
	}
	return f.values[first:]
}
