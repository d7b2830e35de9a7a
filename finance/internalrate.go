package finance

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance/internal/roots"
)

// RateStatus says whether there is an internal rate of return and, if there is
// none, why.
type RateStatus string

// The statuses. Flows of one day count as one flow of their sum.
const (
	RateFound       RateStatus = "found"
	NoCapitalNeeded RateStatus = "no capital needed" // nothing is paid in: there is nothing to earn a rate on
	AllLost         RateStatus = "all is lost"       // nothing is received: the loss is total, -100%
	ManyRates       RateStatus = "several rates"     // the flows change direction more than once, and several rates balance them
	NoRate          RateStatus = "no rate"           // no rate from -99.99% to 10,000% a year balances the flows
)

// RateError is the error of [InternalRate] for flows that do not have exactly
// one rate.
type RateError struct {
	Status RateStatus
	Rates  []float64 // all of them, ascending, where there are several
}

// Error says why there is no rate, or lists the first few in percent.
func (e *RateError) Error() string {
	switch e.Status {
	case NoCapitalNeeded:
		return "no internal rate of return: nothing is paid in"
	case AllLost:
		return "no internal rate of return: nothing is received"
	case NoRate:
		return "no internal rate of return: no rate from -99.99% to 10,000% balances the flows"
	}
	const show = 6
	var list []string
	for _, rate := range e.Rates[:min(show, len(e.Rates))] {
		list = append(list, fmt.Sprintf("%.2f%%", 100*rate))
	}
	if len(e.Rates) > show {
		list = append(list, fmt.Sprintf("and %d more", len(e.Rates)-show))
	}
	return "more than one internal rate of return: " + strings.Join(list, ", ")
}

var errUndated = errors.New("no internal rate of return: a flow has no date")

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
// A series may have no rate or several: the error is then a [*RateError], which
// says why or lists them all. A closing cost after the last receipt is enough
// for a second rate, often near -100%. Rates below -99.99% or above 10,000% a
// year are not looked for. The error also says if a flow has no date.
func InternalRate(flows []Flow) (float64, error) {
	var days []int
	var amounts []int64
	paidIn, received := false, false
	for _, f := range netted(flows) {
		if f.On.IsZero() {
			return 0, errUndated
		}
		days, amounts = append(days, f.On.Sub(flows[0].On)), append(amounts, f.Amount)
		paidIn, received = paidIn || f.Amount < 0, received || f.Amount > 0
	}
	switch {
	case !paidIn:
		return 0, &RateError{Status: NoCapitalNeeded}
	case !received:
		return 0, &RateError{Status: AllLost}
	}
	rates := roots.New(days).Find(amounts)
	if status := statusOf(rates); status != RateFound {
		return 0, &RateError{Status: status, Rates: rates}
	}
	return rates[0], nil
}

// statusOf says whether there is one root.
func statusOf(rates []float64) RateStatus {
	switch len(rates) {
	case 0:
		return NoRate
	case 1:
		return RateFound
	}
	return ManyRates
}
