package markov

import (
	"fmt"
	"math"
)

// Discount is a rate a year at which later amounts count for less. The zero
// value does not discount. [AnnualEffective] and [Continuous] build the usual
// kinds. A nominal rate that compounds n times a year, an n-th of it each time,
// has PeriodsPerYear n: 1 due in t years is worth (1 + rate/n)^(−n·t) today.
type Discount struct {
	Rate           float64 `json:"rate"`                       // a year; 0.035 is 3.5%
	PeriodsPerYear float64 `json:"periods_per_year,omitempty"` // times a year it compounds; 0 if continuous
	Continuously   bool    `json:"continuously,omitempty"`     // it compounds at every moment
}

// AnnualEffective compounds once a year: 1 due in t years is worth
// (1 + rate)^(−t) today.
func AnnualEffective(rate float64) Discount { return Discount{Rate: rate, PeriodsPerYear: 1} }

// Continuous compounds at every moment: 1 due in t years is worth e^(−rate·t)
// today.
func Continuous(rate float64) Discount { return Discount{Rate: rate, Continuously: true} }

// Factor returns what 1 due in that many years is worth today.
func (d Discount) Factor(years float64) float64 {
	switch {
	case d.Rate == 0:
		return 1
	case d.Continuously:
		return math.Exp(-d.Rate * years)
	}
	return math.Pow(1+d.Rate/d.PeriodsPerYear, -d.PeriodsPerYear*years)
}

// words returns the discount in words: "3.5% a year, effective".
func (d Discount) words() string {
	rate := fmt.Sprintf("%.10g%% a year", 100*d.Rate)
	switch {
	case d.Rate == 0:
		return "no discount"
	case d.Continuously:
		return rate + ", continuous"
	case d.PeriodsPerYear == 1:
		return rate + ", effective"
	}
	return fmt.Sprintf("%s, nominal, compounded %g times a year", rate, d.PeriodsPerYear)
}

// validate returns an error if the rate is below 0 or is 100% or more, or if it
// does not compound a sensible number of times a year.
func (d Discount) validate() error {
	if err := inRange("the discount rate", d.Rate, d.Rate >= 0 && d.Rate < 1, "from 0 to below 1 (3.5% is 0.035)"); err != nil {
		return err
	}
	n := d.PeriodsPerYear
	if d.Continuously || d == (Discount{}) {
		return inRange("the times a year that a continuous rate compounds", n, n == 0, "left out")
	}
	return inRange("the times a year that the discount rate compounds", n, n >= 1 && n <= 1e6, "from 1 to 1,000,000")
}
