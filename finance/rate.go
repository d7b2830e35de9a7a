package finance

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// The range in which internal rates are looked for, both ends included. A rate
// outside it is not found and not reported.
const (
	LowestRate  = -0.9999 // -99.99% a year
	HighestRate = 100.0   // 10,000% a year
)

// InternalRate is the internal rate of return: the effective annual rate (0.035
// is 3.5%) at which the net present value of flows is zero,
//
//	Σ amount × (1 + rate)^(-d / 365) = 0
//
// with d in days. (Brealey, Myers and Allen, Principles of Corporate Finance,
// on the internal rate of return; the days are those of the XIRR of
// spreadsheets.) It is right to 1e-10, unless another rate is so near that the
// flows hardly tell them apart. Amounts a thousand times larger give the same
// rate to the last bit.
//
// A series may have no rate or several. Then there is a [*NoRateError], which
// says why, or a [*ManyRatesError], which lists them. A closing cost after the
// last receipt is enough for a second rate, often near -100%. See
// [RateFinder.AppendRates] for what is guaranteed.
func InternalRate(flows []Flow) (float64, error) {
	finder, amounts := finderOf(flows)
	rate, err := finder.Rate(amounts)
	if errors.Is(err, ErrManyRates) {
		return 0, &ManyRatesError{Rates: finder.appendFound(nil)}
	}
	return rate, err
}

// InternalRates lists every internal rate from [LowestRate] to [HighestRate],
// ascending. There may be none. See [RateFinder.AppendRates] for what is
// guaranteed.
func InternalRates(flows []Flow) []float64 {
	finder, amounts := finderOf(flows)
	return finder.AppendRates(nil, amounts)
}

func finderOf(flows []Flow) (*RateFinder, []int64) {
	dates, amounts := make([]calendar.Date, len(flows)), make([]int64, len(flows))
	for i, f := range flows {
		dates[i], amounts[i] = f.On, f.Amount
	}
	return NewRateFinder(dates), amounts
}

// ErrNoRate is in the chain of every error that says that a series of flows has
// no internal rate.
var ErrNoRate = errors.New("no internal rate of return")

// ErrManyRates is in the chain of every error that says that a series of flows
// has more than one internal rate.
var ErrManyRates = errors.New("more than one internal rate of return")

// NoRateError is the error of a series of flows that has no internal rate.
type NoRateError struct {
	Reason Reason
}

func (e *NoRateError) Error() string { return ErrNoRate.Error() + ": " + e.Reason.String() }

// Unwrap returns [ErrNoRate].
func (e *NoRateError) Unwrap() error { return ErrNoRate }

// Reason is why a series of flows has no internal rate. Flows of one day are
// netted first.
type Reason int

// The reasons.
const (
	NoFlows         Reason = iota // no flows, or they are all 0
	Undated                       // a flow has no date
	NothingPaidIn                 // nothing is below 0
	NothingReceived               // nothing is above 0
	NoneInRange                   // both occur, but no rate from LowestRate to HighestRate balances them
)

var reasonNames = []string{
	"no money moves",
	"a flow has no date",
	"nothing is paid in",
	"nothing is received",
	"no rate from -99.99% to 10,000% balances the flows",
}

// String returns the reason in words.
func (r Reason) String() string { return enum.Name(r, reasonNames) }

// MarshalText writes the reason in words.
func (r Reason) MarshalText() ([]byte, error) { return enum.Marshal(r, reasonNames, "reason") }

// UnmarshalText reads a reason in words; the error lists the valid ones.
func (r *Reason) UnmarshalText(text []byte) error {
	return enum.Unmarshal(r, text, reasonNames, "reason")
}

// noRate holds an error for each reason, so that none is allocated in a loop.
var noRate = func() (all []error) {
	for r := range reasonNames {
		all = append(all, &NoRateError{Reason(r)})
	}
	return all
}()

// ManyRatesError is the error of a series of flows that has more than one
// internal rate.
type ManyRatesError struct {
	Rates []float64 // ascending
}

// Error lists the first few rates in percent.
func (e *ManyRatesError) Error() string {
	const show = 6
	var list []string
	for _, rate := range e.Rates[:min(show, len(e.Rates))] {
		list = append(list, fmt.Sprintf("%.2f%%", 100*rate))
	}
	if len(e.Rates) > show {
		list = append(list, fmt.Sprintf("and %d more", len(e.Rates)-show))
	}
	return ErrManyRates.Error() + ": " + strings.Join(list, ", ")
}

// Unwrap returns [ErrManyRates].
func (e *ManyRatesError) Unwrap() error { return ErrManyRates }

// RateFinder finds the internal rates of many series of flows on the same
// dates, without allocating. Only one goroutine at a time may use it.
type RateFinder struct {
	slots   []int     // of each date given, its place among the distinct ones
	inOrder bool      // whether the dates given are the distinct ones in order
	days    []float64 // distinct dates, in days since the first
	net     []float64 // amounts by distinct date, in pence
	undated bool
	value   value
	slope   derivative
	points  []float64 // where a derivative is cut into monotone pieces
	found   []float64 // rates, as the log of growth in a day
}

// NewRateFinder returns a finder for flows on these dates, in any order and
// with repetitions. It is fastest if few intervals between dates differ, as
// they do from month to month or quarter to quarter.
func NewRateFinder(dates []calendar.Date) *RateFinder {
	days := slices.Clone(dates)
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	f := &RateFinder{net: make([]float64, len(days))}
	for _, day := range days {
		f.days = append(f.days, float64(day.Sub(days[0])))
		f.undated = f.undated || day.IsZero()
	}
	for _, date := range dates {
		slot, _ := slices.BinarySearchFunc(days, date, calendar.Date.Compare)
		f.slots = append(f.slots, slot)
	}
	f.inOrder = slices.Equal(days, dates)
	f.value.on(f.days)
	f.slope.grow(len(days))
	return f
}

// Rate is [InternalRate] of amounts in pence on the finder's dates, one for
// each. Its errors are a shared [*NoRateError], and [ErrManyRates] itself: ask
// [RateFinder.AppendRates] which. It panics if there are more or fewer amounts
// than dates.
func (f *RateFinder) Rate(amounts []int64) (float64, error) {
	if err := f.find(amounts); err != nil {
		return 0, err
	}
	switch len(f.found) {
	case 0:
		return 0, noRate[NoneInRange]
	case 1:
		return rateOf(f.found[0]), nil
	}
	return 0, ErrManyRates
}

// AppendRates appends to dst every internal rate from [LowestRate] to
// [HighestRate] of amounts in pence on the finder's dates, ascending. It panics
// if there are more or fewer amounts than dates.
//
// None is missed: there is no grid that a pair of rates could slip through. A
// rate at which the net present value touches zero without crossing it counts
// once. What remains is rounding: of rates within about one part in a million
// of each other two may be reported as one, and a net present value that comes
// within 1e-13 of the money moved, discounted, may count as touching zero. The
// place of a rate that touches is right to about 1e-7, for any change of the
// flows by rounding moves it so far.
//
// A hundred flows with one rate, or with one on each side of zero, take some
// microseconds. Where rates touch or nearly do, up to some tens of milliseconds
// are possible.
func (f *RateFinder) AppendRates(dst []float64, amounts []int64) []float64 {
	if f.find(amounts) != nil {
		return dst
	}
	return f.appendFound(dst)
}

func (f *RateFinder) appendFound(dst []float64) []float64 {
	for _, growth := range f.found {
		dst = append(dst, rateOf(growth))
	}
	return dst
}

// rateOf turns the log of the growth in a day into an effective annual rate. At
// the ends of the range rounding must not lead out of it.
func rateOf(growth float64) float64 {
	return min(max(math.Expm1(daysPerYear*growth), LowestRate), HighestRate)
}

// The range in which growth, the log of growth in a day, is looked for.
var (
	lowest  = math.Log1p(LowestRate) / daysPerYear
	highest = math.Log1p(HighestRate) / daysPerYear
)

// find lists in f.found the growth at every internal rate. The error is one of
// noRate.
func (f *RateFinder) find(amounts []int64) error {
	if len(amounts) != len(f.slots) {
		panic(fmt.Sprintf("finance: %d amounts on %d dates", len(amounts), len(f.slots)))
	}
	f.found = f.found[:0]
	f.sum(amounts)
	f.value.set(f.days, f.net)
	if reason, none := f.hopeless(); none {
		return noRate[reason]
	}
	above, below, total := f.bounds()
	f.value.scale()
	switch {
	case total == 0 && above == 0 && below == 0:
		f.found = append(f.found, 0)
	case total != 0 && above <= 1 && below <= 1:
		if below == 1 {
			f.oneSide(lowest, total)
		}
		if above == 1 {
			f.oneSide(highest, total)
		}
	case !f.isolate(total):
		f.descend(total)
	}
	return nil
}

// sum puts amounts in order of their dates, those of one date together.
func (f *RateFinder) sum(amounts []int64) {
	if f.inOrder {
		for i, amount := range amounts[:len(f.net)] {
			f.net[i] = float64(amount)
		}
		return
	}
	clear(f.net)
	for i, amount := range amounts {
		f.net[f.slots[i]] += float64(amount)
	}
}

// hopeless tells whether there can't be a rate, and why.
func (f *RateFinder) hopeless() (Reason, bool) {
	paid, received := false, false
	for _, amount := range f.value.amounts {
		paid, received = paid || amount < 0, received || amount > 0
	}
	switch {
	case f.undated:
		return Undated, true
	case !paid && !received:
		return NoFlows, true
	case !paid:
		return NothingPaidIn, true
	case !received:
		return NothingReceived, true
	}
	return 0, false
}

// bounds returns the most internal rates that there can be above and below
// zero, and the sum of all flows. With a sum other than zero, a bound of one is
// exact.
//
// The bound above zero is the number of times that the running sum of the flows
// changes sign, that below zero the same with the flows taken from the last
// back. For present values are an integral over the running sum, and
// integrating does not add changes of sign. (Laguerre, Mémoire sur la théorie
// des équations numériques, Journal de mathématiques pures et appliquées 1883;
// Jameson, Counting zeros of generalised polynomials, The Mathematical Gazette
// 2006;90:223–234. In finance, for one change: Norstrøm, Journal of Financial
// and Quantitative Analysis 1972;7:1835–1839.) Flows that change sign only once
// have one rate in all, and these bounds say so.
func (f *RateFinder) bounds() (above, below int, total float64) {
	last, back := 0.0, 0.0 // running sums when they were last not zero
	for _, amount := range f.value.amounts {
		total += amount
		if total*last < 0 {
			above++
		}
		if total != 0 {
			last = total
		}
	}
	last = 0
	for _, amount := range slices.Backward(f.value.amounts) {
		back += amount
		if back*last < 0 {
			below++
		}
		if back != 0 {
			last = back
		}
	}
	return above, below, total
}

// oneSide finds the only rate between zero and an end of the range, if it is
// not beyond that end. At zero the sum is total.
func (f *RateFinder) oneSide(end, total float64) {
	switch sign := f.value.at(end).sign(); {
	case sign == 0:
		f.found = append(f.found, end)
	case sign != signOf(total) && end < 0:
		f.found = append(f.found, root(&f.value, end, 0, 0, sign))
	case sign != signOf(total):
		f.found = append(f.found, root(&f.value, 0, end, 0, signOf(total)))
	}
}

// isolate finds every rate by halving, or says that it can't in a few hundred
// steps: some rates are then so close together that only descend tells.
func (f *RateFinder) isolate(total float64) bool {
	// Seen from the first day, terms fall as growth rises above zero; seen from
	// the last, they rise with growth up to zero.
	zero := f.value.at(0)
	zero.exact = signOf(total)
	fromLast, last := zero, f.value.days[len(f.value.days)-1]
	fromLast.receivedDays = last*zero.received - zero.receivedDays
	fromLast.paidDays = last*zero.paid - zero.paidDays

	low, high := f.value.at(lowest), f.value.at(highest)
	low.exact, high.exact = low.sign(), high.sign()
	if low.exact == 0 {
		f.found = append(f.found, lowest)
	}
	steps := 400
	return f.halve(low, fromLast, &steps) && f.halve(zero, high, &steps)
}

// halve finds the rates above from, up to and with to, in ascending order. All
// four sums of a sample rise or fall throughout, so that two samples bound each
// of them in between. If receipts and payments are never equal, there is no
// rate; if their derivatives never are, at most one.
func (f *RateFinder) halve(from, to sample, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if apart(from.received, to.received, from.paid, to.paid) {
		return true
	}
	if apart(from.receivedDays, to.receivedDays, from.paidDays, to.paidDays) {
		switch {
		case to.exact == 0:
			f.found = append(f.found, to.growth)
		case from.exact*to.exact < 0:
			f.found = append(f.found, root(&f.value, from.growth, to.growth, (from.growth+to.growth)/2, from.exact))
		}
		return true
	}
	middle := f.value.at((from.growth + to.growth) / 2)
	middle.exact = signOf(middle.received - middle.paid)
	return f.halve(from, middle, steps) && f.halve(middle, to, steps)
}

// apart tells whether all between a and b is more than all between c and d, or
// less, beyond doubt from rounding.
func apart(a, b, c, d float64) bool {
	return min(a, b) > max(c, d)*(1+rounding) || min(c, d) > max(a, b)*(1+rounding)
}

// descend finds every rate, by the proof of Descartes' rule of signs. Cut the
// flows on a day c between two that differ in sign. Values as at c,
//
//	Σ amount × e^((c-d) × growth),
//
// have the derivative Σ (c-d) × amount × e^((c-d) × growth), which is a sum of
// the same form whose terms change sign once less. Between two of its roots
// the value is monotone, so there is at most one root, and the signs at the
// ends tell. So: from the sum that changes sign once, which has one root, back
// up to the flows. (Jameson, as above.)
func (f *RateFinder) descend(total float64) {
	f.slope.of(&f.value)
	f.found = f.found[:0]
	for level := len(f.slope.cuts) - 1; level >= 0; level-- {
		f.slope.derive(level)
		f.points = append(append(append(f.points[:0], lowest), f.found...), highest)
		if level == 0 { // here the sign at zero is known exactly
			at, _ := slices.BinarySearch(f.points, 0)
			f.points = slices.Insert(f.points, at, 0)
		}
		f.between(level == 0, total)
	}
}

// between finds the roots of a sum that is monotone between the points. If
// exact, the sign at zero is that of total.
func (f *RateFinder) between(exact bool, total float64) {
	f.found = f.found[:0]
	before, beforeSign := math.NaN(), 0
	for i, point := range f.points {
		sign := f.slope.at(point).sign()
		if exact && point == 0 {
			sign = signOf(total)
		}
		switch {
		case sign == 0 && (i == 0 || beforeSign != 0):
			f.found = append(f.found, point)
		case sign == 0 && point == 0: // zero from the last point to here: one root
			f.found[len(f.found)-1] = 0
		case sign*beforeSign < 0:
			f.found = append(f.found, root(&f.slope, before, point, (before+point)/2, beforeSign))
		}
		before, beforeSign = point, sign
	}
}

// root finds the growth between from and to at which a sum is zero, given its
// sign at from and that it has the other at to. It is Newton's method on
// ln(received / paid), which is a straight line for one payment and one receipt
// and nearly so for most others. If that leaves the bracket or is slow, the
// bracket is halved. (Press et al., Numerical Recipes, 3rd edition, section
// 9.4, rtsafe.)
func root(sum interface{ at(float64) sample }, from, to, start float64, fromSign int) float64 {
	const near = 1e-13 / daysPerYear
	growth, step := start, 2*(to-from)
	for range 200 { // about 50 halvings leave nothing of the range
		here := sum.at(growth)
		if here.received == here.paid {
			return growth
		}
		if (here.received > here.paid) == (fromSign > 0) {
			from = growth
		} else {
			to = growth
		}
		next := growth - (math.Log(here.received)-math.Log(here.paid))/here.slope()
		if !(next >= from && next <= to) || math.Abs(next-growth) > math.Abs(step)/2 { // NaN too
			next = (from + to) / 2
		}
		step = next - growth
		growth = next
		if math.Abs(step) <= near || to-from <= near {
			return growth
		}
	}
	return growth
}

// rounding is well above what rounding does to a sum, in terms of its terms.
const rounding = 1e-13

// sample is what a sum of discounted flows is at one growth, in any unit.
// Distances in days are from the first flow, or to the last below zero growth.
type sample struct {
	growth float64 // log of growth in a day
	sums
	exact int // the sign of received less paid, where it is known better
}

// sums are of the sizes of terms above and below 0; one may vanish.
type sums struct {
	received, paid         float64
	receivedDays, paidDays float64 // the same, each term times its distance
}

// sign is that of received less paid, or 0 if rounding could have made it so.
func (s sample) sign() int {
	if math.Abs(s.received-s.paid) <= rounding*(s.received+s.paid) {
		return 0
	}
	return signOf(s.received - s.paid)
}

// slope is the derivative of ln(received / paid) by growth.
func (s sample) slope() float64 {
	slope := s.paidDays/s.paid - s.receivedDays/s.received
	if s.growth < 0 {
		return -slope
	}
	return slope
}

// with returns the sums with another term.
func (s sums) with(term, days float64) sums {
	if term > 0 {
		s.received += term
		s.receivedDays += term * days
	} else {
		s.paid -= term
		s.paidDays -= term * days
	}
	return s
}

func signOf(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// value is the present value of flows as a function of growth. Factors are at
// most 1, the flow nearest in time having 1: they may vanish, never overflow.
type value struct {
	days    []float64 // since the first flow; only those with a flow
	amounts []float64 // never 0; in pence, until scale makes the largest 1
	places  []int     // of the days among all dates
	// By distinct date. The first has no gap before it.
	gaps      []int     // which of intervals lies before each
	powers    []float64 // room for raise
	ones      []float64 // powers of no growth
	top       []float64 // powers of the highest growth from date topFrom on
	topFrom   int       // -1 for none yet
	intervals []float64 // that occur between dates, in days
	factors   []float64 // for each interval
}

// on makes room for flows on these days.
func (v *value) on(days []float64) {
	n := len(days)
	v.days, v.amounts, v.places = make([]float64, 0, n), make([]float64, 0, n), make([]int, 0, n)
	v.gaps, v.powers, v.top, v.topFrom = make([]int, n), make([]float64, n), make([]float64, n), -1
	for i := 1; i < n; i++ {
		gap := days[i] - days[i-1]
		at := slices.Index(v.intervals, gap)
		if at < 0 {
			at = len(v.intervals)
			v.intervals = append(v.intervals, gap)
		}
		v.gaps[i] = at
	}
	v.factors, v.ones = make([]float64, len(v.intervals)), slices.Repeat([]float64{1}, n)
}

// set makes v the value of amounts on days.
func (v *value) set(days, amounts []float64) {
	v.places = v.places[:0]
	for i, amount := range amounts {
		if amount != 0 {
			v.places = append(v.places, i)
		}
	}
	v.days, v.amounts = v.days[:len(v.places)], v.amounts[:len(v.places)]
	for n, i := range v.places {
		v.days[n], v.amounts[n] = days[i]-days[v.places[0]], amounts[i]
	}
}

// scale divides by the largest amount: a quotient, unlike a product with an
// inverse, is the same for £84m of £100m and £84k of £100k.
func (v *value) scale() {
	largest := 0.0
	for _, amount := range v.amounts {
		largest = max(largest, math.Abs(amount))
	}
	for i := range v.amounts {
		v.amounts[i] /= largest
	}
}

// at sums the flows, each times its power of growth.
func (v *value) at(growth float64) sample {
	powers := v.raise(growth)
	var of sums
	if growth < 0 {
		last := v.days[len(v.days)-1]
		for i, amount := range slices.Backward(v.amounts) {
			of = of.with(amount*powers[v.places[i]], last-v.days[i])
		}
		return sample{growth: growth, sums: of}
	}
	for i, amount := range v.amounts {
		of = of.with(amount*powers[v.places[i]], v.days[i])
	}
	return sample{growth: growth, sums: of}
}

// raise returns the powers of growth by date, from the first flow on, or from
// the last back if growth is below zero. The highest growth is asked for again
// and again, and its powers are kept: they depend on the first date alone.
func (v *value) raise(growth float64) []float64 {
	first, last := v.places[0], v.places[len(v.places)-1]
	switch {
	case growth == 0:
		return v.ones
	case growth < 0:
		v.setFactors(-growth)
		v.multiplyBack(first, last)
	case growth != highest:
		v.setFactors(growth)
		v.multiply(v.powers[:last+1], first)
	default:
		if v.topFrom != first {
			v.setFactors(growth)
			v.multiply(v.top, first)
			v.topFrom = first
		}
		return v.top
	}
	return v.powers
}

// setFactors works out the factor of each interval. Powers are products of
// them: exponentials for every day would take most of the time, and there are
// few different intervals.
func (v *value) setFactors(growth float64) {
	for i, gap := range v.intervals {
		v.factors[i] = math.Exp(-gap * growth)
	}
}

// multiply sets powers from the first flow on.
func (v *value) multiply(powers []float64, first int) {
	power, factors, gaps := 1.0, v.factors, v.gaps[:len(powers)]
	powers[first] = power
	for i := first + 1; i < len(powers); i++ {
		power *= factors[gaps[i]]
		powers[i] = power
	}
}

// multiplyBack sets powers from the last flow back.
func (v *value) multiplyBack(first, last int) {
	power := 1.0
	v.powers[last] = power
	for i := last; i > first; i-- {
		power *= v.factors[v.gaps[i]]
		v.powers[i-1] = power
	}
}

// derivative is a derivative of a value in the sense of descend, as a function
// of growth:
//
//	Σ ± e^(log - day × growth)
//
// The terms are kept as logs because no floating-point number holds those of
// the hundredth derivative.
type derivative struct {
	days      []float64 // since the first flow; only those with a flow
	logs      []float64 // of the sizes of the terms
	signs     []float64 // 1 or -1
	cuts      []float64 // days between flows of opposite sign
	amounts   []float64 // of the flows
	exponents []float64 // room for at
}

func (d *derivative) grow(n int) {
	for _, room := range []*[]float64{&d.days, &d.logs, &d.signs, &d.cuts, &d.amounts, &d.exponents} {
		*room = make([]float64, 0, n)
	}
}

// of finds the cuts of a value and keeps what derive starts from.
func (d *derivative) of(v *value) {
	d.days, d.amounts, d.cuts = d.days[:0], d.amounts[:0], d.cuts[:0]
	for i, amount := range v.amounts {
		if n := len(d.days); n > 0 && amount*d.amounts[n-1] < 0 {
			d.cuts = append(d.cuts, (d.days[n-1]+v.days[i])/2)
		}
		d.days, d.amounts = append(d.days, v.days[i]), append(d.amounts, amount)
	}
	n := len(d.days)
	d.logs, d.signs, d.exponents = d.logs[:n], d.signs[:n], d.exponents[:n]
}

// derive makes d the derivative at a level: each amount times c-day for each of
// the first so many cuts c. No day is a cut, for cuts lie between days.
func (d *derivative) derive(level int) {
	for i, day := range d.days {
		d.logs[i], d.signs[i] = math.Log(math.Abs(d.amounts[i])), math.Copysign(1, d.amounts[i])
		for _, c := range d.cuts[:level] {
			d.logs[i] += math.Log(math.Abs(c - day))
			d.signs[i] *= math.Copysign(1, c-day)
		}
	}
}

// at gives the terms in terms of the largest.
func (d *derivative) at(growth float64) sample {
	last, top := d.days[len(d.days)-1], math.Inf(-1)
	for i, day := range d.days {
		if growth < 0 {
			day -= last
		}
		d.exponents[i] = d.logs[i] - day*growth
		top = max(top, d.exponents[i])
	}
	var of sums
	for i, day := range d.days {
		if growth < 0 {
			day = last - day
		}
		of = of.with(d.signs[i]*math.Exp(d.exponents[i]-top), day)
	}
	return sample{growth: growth, sums: of}
}
