package calendar

// Weeks is a programme's calendar: week k is the seven days from Start + 7k,
// for k = 0 .. Count-1. A week belongs to the calendar quarter and financial
// year that hold its last day.
//
// A calendar without a Start, without weeks, or whose last week ends after the
// year 9999 is empty: it has no quarters.
type Weeks struct {
	Start Date // the first day of week 0
	Count int  // how many weeks
}

// First returns the first day of week k. Weeks outside the calendar are counted
// on in the same way: week -1 is the seven days before Start.
func (w Weeks) First(k int) Date { return w.day(k, 0) }

// Last returns the last day of week k, which decides the quarter and the
// financial year that the week belongs to. Weeks outside the calendar are
// counted on in the same way.
func (w Weeks) Last(k int) Date { return w.day(k, 6) }

// day returns the day of week k that is n days after its first.
func (w Weeks) day(k, n int) Date {
	if !within(k, maxDay) {
		return Date{}
	}
	return w.Start.AddDays(7*k + n)
}

// Quarter returns the quarter that week k belongs to; its financial year is
// that quarter's.
func (w Weeks) Quarter(k int) Quarter { return w.Last(k).Quarter() }

// Quarters returns the number of quarters that have a week of the calendar, from
// that of week 0 to that of the last week.
func (w Weeks) Quarters() int {
	if w.empty() {
		return 0
	}
	return w.Quarter(w.Count-1).Sub(w.Quarter(0)) + 1
}

// empty reports whether the calendar has no weeks that can be dated.
func (w Weeks) empty() bool { return w.Count <= 0 || w.Last(w.Count-1).IsZero() }

// Index returns the place of q among the quarters of the calendar, counted from
// 0, and whether it is one of them: w.Quarter(0).Add(i) is q.
func (w Weeks) Index(q Quarter) (i int, ok bool) {
	i = q.Sub(w.Quarter(0))
	if i < 0 || i >= w.Quarters() {
		return 0, false
	}
	return i, true
}

// Boundaries returns the first week of each quarter of the calendar and, last,
// the number of weeks: the i-th quarter has the weeks b[i] to b[i+1]-1, and
// len(b) is Quarters()+1. An empty calendar has the one boundary 0.
func (w Weeks) Boundaries() []int {
	n := w.Quarters()
	b := make([]int, n+1)
	for i := range n {
		// The weeks before a quarter are those that end before its first day.
		b[i+1] = w.Through(w.Quarter(0).Add(i).Last())
	}
	return b
}

// Through returns the number of whole weeks whose last day is on or before d:
// 0 if the first has not ended by then, and Count, never more, once the last
// has. An empty calendar gives 0.
func (w Weeks) Through(d Date) int {
	if w.empty() || d.Before(w.Last(0)) {
		return 0
	}
	return min((d.Sub(w.Start)+1)/7, w.Count)
}
