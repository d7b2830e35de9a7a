package finance

import (
	"errors"
	"slices"
	"time"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// days is every day on which money can move, and what happens on it. Everything
// but the dates themselves is an index into all.
type days struct {
	all    []calendar.Date
	before []int // the last days of the months of mobilisation
	// months are, by quarter, the last days of its months that hold a day of
	// the programme.
	months     [][]int
	firstMonth int // the end of the programme's first month
	lastMonth  int
	receipts   []int   // by quarter, the day on which its claims are paid
	fees       [][]int // by quarter, the days on which its delivery fee is paid
	repaid     []int   // days on which capital is due in one sum
	interest   []bool  // by day, whether interest is paid
}

var errOffCalendar = errors.New("money would move before the year 1 or after the year 9999: change the first day, the months of mobilisation or the days after which claims are paid")

// newDays works out the days of a programme. The error says that one of them is
// not in the calendar.
func newDays(p *model.Programme) (*days, error) {
	last := p.Calendar().Last(p.Weeks - 1)
	before := monthEnds(p.Start, -p.Delivery.MobilisationMonths, 0)
	months := monthEnds(p.Start, 0, 12*(last.Year()-p.Start.Year())+int(last.Month()-p.Start.Month())+1)
	quarters := p.Shape().Quarters
	var receipts, feeDays []calendar.Date
	fees := make([][]calendar.Date, len(quarters))
	for i, q := range quarters {
		receipts = append(receipts, q.Last().AddDays(p.Delivery.ClaimsPaidAfter))
		if p.Contract.Fee != nil {
			fees[i] = p.Contract.Fee.PaidOn(q)
			feeDays = append(feeDays, fees[i]...)
		}
	}
	repaid, promised := termDates(p.Facility)
	end := receipts[len(receipts)-1]
	promised = slices.DeleteFunc(promised, end.Before)
	all := slices.Concat(before, months, receipts, feeDays, drawDates(p.Facility), repaid, promised)
	slices.SortFunc(all, calendar.Date.Compare)
	if all[0].IsZero() {
		return nil, errOffCalendar
	}
	if paysCash(p.Facility) {
		all = append(all, quarterEnds(all[0], all[len(all)-1])...)
		slices.SortFunc(all, calendar.Date.Compare)
	}
	d := &days{all: slices.Compact(all), months: make([][]int, len(quarters))}
	d.before, d.receipts, d.repaid = d.indices(before), d.indices(receipts), d.indices(repaid)
	for _, of := range fees {
		d.fees = append(d.fees, d.indices(of))
	}
	d.firstMonth, d.lastMonth = d.index(months[0]), d.index(months[len(months)-1])
	for _, day := range months {
		// The first days of a programme may belong to no week of their
		// quarter; then no costs arise in it.
		if q := day.Quarter().Sub(quarters[0]); q >= 0 {
			d.months[q] = append(d.months[q], d.index(day))
		}
	}
	for i, day := range d.all { // what has accrued by the last day is paid on it
		d.interest = append(d.interest, day == day.Quarter().Last() || i == len(d.all)-1)
	}
	return d, nil
}

// drawDates are the days on which tranches are drawn. What is drawn as needed
// is drawn on the days of costs.
func drawDates(f *model.Facility) (on []calendar.Date) {
	if f == nil || f.Drawing != model.OnSchedule && f.DrawOrder != model.ByTranches {
		return nil
	}
	return slices.DeleteFunc(trancheDates(f), func(t calendar.Date) bool { return !f.DrawsUntil.IsZero() && t.After(f.DrawsUntil) })
}

// termDates are the days on which capital is due in one sum, and those of
// guarantees, of tests of receipts and of the end of fees and of the least interest.
func termDates(f *model.Facility) (repaid, promised []calendar.Date) {
	if f == nil {
		return nil, nil
	}
	given := func(on []calendar.Date, day calendar.Date) []calendar.Date {
		if day.IsZero() {
			return on
		}
		return append(on, day)
	}
	if paysCash(f) { // until then there are fees on what can be drawn
		promised = given(promised, f.DrawsUntil)
	}
	of := func(t model.Terms) {
		repaid = given(repaid, t.RepaidOn)
		if t.InterestByRate != nil {
			promised = given(promised, t.InterestByRate.Until)
		}
	}
	of(f.Terms)
	for _, i := range f.Investors {
		of(f.TermsOf(i))
		if i.Guarantee != nil {
			promised = given(promised, i.Guarantee.On)
		}
	}
	for _, c := range f.Covenants {
		promised = given(promised, c.On)
	}
	return repaid, promised
}

// paysCash reports whether any investor is paid interest or a fee at the end of
// each quarter.
func paysCash(f *model.Facility) bool {
	if f == nil {
		return false
	}
	pays := func(t model.Terms) bool { return t.EarnsInterest() && !t.RolledUp || t.CommitmentFee.Yearly > 0 }
	return len(f.Investors) == 0 && pays(f.Terms) ||
		slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return pays(f.TermsOf(i)) })
}

// monthEnds are the last days of the months from one up to but not including
// another, both counted from the month of a date.
func monthEnds(d calendar.Date, from, to int) (ends []calendar.Date) {
	for m := from; m < to; m++ {
		ends = append(ends, monthEnd(d, m))
	}
	return ends
}

// monthEnd is the last day of the month n months after that of a date.
func monthEnd(d calendar.Date, n int) calendar.Date {
	return calendar.NewDate(d.Year(), d.Month()+time.Month(n+1), 0)
}

// quarterEnds are the last days of the quarters from that of one day up to but
// not including that of another.
func quarterEnds(from, to calendar.Date) (ends []calendar.Date) {
	for q := from.Quarter(); q < to.Quarter(); q++ {
		ends = append(ends, q.Last())
	}
	return ends
}

func (d *days) index(day calendar.Date) int {
	i, _ := slices.BinarySearchFunc(d.all, day, calendar.Date.Compare)
	return i
}

func (d *days) indices(of []calendar.Date) (found []int) {
	for _, day := range of {
		found = append(found, d.index(day))
	}
	return found
}
