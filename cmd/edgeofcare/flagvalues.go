package main

import (
	"fmt"
	"strconv"
	"strings"
)

// replications is a number of replications, at least 1.
type replications int

// UnmarshalText reads a whole number of at least 1.
func (r *replications) UnmarshalText(text []byte) error {
	n, err := wholeNumber(text, "replications")
	*r = replications(n)
	return err
}

// workers is a number of workers, at least 1.
type workers int

// UnmarshalText reads a whole number of at least 1.
func (w *workers) UnmarshalText(text []byte) error {
	n, err := wholeNumber(text, "workers")
	*w = workers(n)
	return err
}

// pixels is a width or a height, at least 1.
type pixels int

// UnmarshalText reads a whole number of at least 1.
func (p *pixels) UnmarshalText(text []byte) error {
	n, err := wholeNumber(text, "pixels")
	*p = pixels(n)
	return err
}

// wholeNumber reads a whole number of at least 1.
func wholeNumber(text []byte, what string) (int, error) {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is not a number of %s: write a whole number of at least 1", text, what)
	}
	return n, nil
}

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
		return fmt.Errorf("%q is not a percentage: write it as 95%%, 95 or 0.95", given)
	case value == 1 && !percent:
		return fmt.Errorf("1 may be 1%% or 100%%: write it with a %% sign")
	case percent || value > 1:
		value /= 100
	}
	if !(value > 0 && value < 1) {
		return fmt.Errorf("%s is out of range: it must be more than 0%% and less than 100%%, because no number of replications shows what always or never happens", given)
	}
	*p = proportion(value)
	return nil
}

// orElse is the proportion, or another if none was given.
func (p *proportion) orElse(other float64) float64 {
	if p == nil {
		return other
	}
	return float64(*p)
}
