package main

import (
	"fmt"
	"strconv"
	"strings"
)

// proportion is a share of 1 as a person gives it on the command line: 95%, 95
// or 0.95.
type proportion float64

// UnmarshalText reads a proportion above 0 and below 100%.
func (p *proportion) UnmarshalText(text []byte) error {
	given := strings.TrimSpace(string(text))
	number, percent := strings.CutSuffix(given, "%")
	value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	switch {
	case err != nil:
		return fmt.Errorf("%q is no percentage: write it as 95%%, 95 or 0.95", given)
	case value == 1 && !percent:
		return fmt.Errorf("1 may be 1%% or 100%%: write it with a %% sign")
	case percent || value > 1:
		value /= 100
	}
	if !(value > 0 && value < 1) {
		return fmt.Errorf("%s cannot be: it must be more than 0%% and less than 100%%, as no number of replications shows what always or never happens", given)
	}
	*p = proportion(value)
	return nil
}
