package finance

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// daysPerYear is the year of "actual/365": days are counted, leap days too, and
// every 365 of them are a year.
const daysPerYear = 365

// Flow is money on a day, seen by one party. In every function that takes
// flows their order means nothing, and those of one day count as one flow of
// their sum. Each must have a date.
//
// The sums of a series must fit in an int64, £92 quadrillion. Rates and
// multiples are exact in their inputs up to £90 trillion, 2⁵³ pence.
//
// In JSON the amount is text in £: {"on": "2021-03-31", "amount": "-1250.5"}.
type Flow struct {
	On calendar.Date
	// Amount is in pence: above 0 is received, below 0 is paid in.
	Amount int64
}

// flowText is a flow as it is written.
type flowText struct {
	On     calendar.Date   `json:"on"`
	Amount decimal.Decimal `json:"amount"`
}

// MarshalJSON writes the amount in £.
func (f Flow) MarshalJSON() ([]byte, error) {
	return json.Marshal(flowText{On: f.On, Amount: contract.Pounds(f.Amount)})
}

// UnmarshalJSON reads an amount in £, with at most two decimals. After an error
// f is as it was.
func (f *Flow) UnmarshalJSON(data []byte) error {
	var text flowText
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	// The exponent comes first: writing out 1e999999999 would take for ever.
	exponent, pence := text.Amount.Exponent(), text.Amount.Shift(2)
	switch {
	case exponent < -40 || exponent > 20:
		return errors.New("the amount of a flow must be in £, written out, such as -1250.50")
	case !pence.IsInteger():
		return fmt.Errorf("£%s is not a whole number of pence: write at most two decimals", text.Amount)
	case !pence.BigInt().IsInt64():
		return fmt.Errorf("£%s is too large: amounts go up to £92 quadrillion", text.Amount)
	}
	*f = Flow{On: text.On, Amount: pence.IntPart()}
	return nil
}

// NetPresentValue is the value in £ at a date of flows at an effective annual
// rate (0.035 is 3.5%), with days d after that date, or before it if negative:
//
//	Σ amount × (1 + rate)^(-d / 365)
//
// (Brealey, Myers and Allen, Principles of Corporate Finance, on net present
// value; the days are those of the XNPV of spreadsheets, which takes the date
// of the first flow.) The rate must be above -1, -100%: at any other there is
// no value, and the result is NaN as that of [math.Log] is. At rates above -1
// it never is, but a value too large for a float64 is infinite.
func NetPresentValue(flows []Flow, rate float64, at calendar.Date) float64 {
	if !(rate > -1) || math.IsInf(rate, 1) {
		return math.NaN()
	}
	growth := math.Log1p(rate) / daysPerYear
	top := math.Inf(-1) // of the logs of the factors
	for _, f := range flows {
		top = max(top, -float64(f.On.Sub(at))*growth)
	}
	// The largest factor is taken out of the sum, so that near -100% no two
	// flows of opposite sign can each become infinite.
	sum := 0.0
	for _, f := range flows {
		sum += float64(f.Amount) * math.Exp(-float64(f.On.Sub(at))*growth-top)
	}
	if sum == 0 {
		return 0
	}
	return sum * math.Exp(top) / 100
}

// ErrNothingPaidIn is the error of [MoneyMultiple] where there is nothing to
// divide by.
var ErrNothingPaidIn = errors.New("no money multiple: nothing is paid in")

// MoneyMultiple is the sum of the days on which money is received over the sum
// of those on which it is paid in, undiscounted: 1.2 is £1.20 for each £1. It
// is also called the multiple on invested capital, or the investment multiple
// (TVPI in the CFA Institute's GIPS, of an investment that has ended).
func MoneyMultiple(flows []Flow) (float64, error) {
	in, out := 0.0, 0.0
	for _, f := range daily(flows) {
		if f.Amount > 0 {
			in += float64(f.Amount)
		} else {
			out -= float64(f.Amount)
		}
	}
	if out == 0 {
		return 0, ErrNothingPaidIn
	}
	return in / out, nil
}

// Payback is the first day from which the sum of all flows so far is never
// again below zero. There is none if it was never below zero, or is at the end:
// a payback that does not last is no payback. Nothing is discounted. (Brealey,
// Myers and Allen, on the payback period, but for the "never again".)
func Payback(flows []Flow) (calendar.Date, bool) {
	var on calendar.Date
	below, everBelow, position := false, false, int64(0)
	for _, f := range daily(flows) {
		position += f.Amount
		if below && position >= 0 {
			on = f.On
		}
		below = position < 0
		everBelow = everBelow || below
	}
	if below || !everBelow {
		return calendar.Date{}, false
	}
	return on, true
}

// Deepest is the lowest that the sum of all flows so far, in pence, ever is,
// and the first day on which it is there: -5_000_00 is a capital requirement of
// £5,000. If it is never below zero, it is 0 and there is no date.
func Deepest(flows []Flow) (amount int64, on calendar.Date) {
	position := int64(0)
	for _, f := range daily(flows) {
		if position += f.Amount; position < amount {
			amount, on = position, f.On
		}
	}
	return amount, on
}

// daily nets the flows of each day and puts the days in order.
func daily(flows []Flow) []Flow {
	sorted := slices.Clone(flows)
	slices.SortFunc(sorted, func(a, b Flow) int { return a.On.Compare(b.On) })
	days := sorted[:0]
	for _, f := range sorted {
		if last := len(days) - 1; last >= 0 && days[last].On == f.On {
			days[last].Amount += f.Amount
			continue
		}
		days = append(days, f)
	}
	return days
}
