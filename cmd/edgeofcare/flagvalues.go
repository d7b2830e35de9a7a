package main

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
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

// wholeNumber reads a whole number of at least 1, in plain digits: some programs
// read 010 as 8.
func wholeNumber(text []byte, what string) (int, error) {
	n, err := strconv.Atoi(string(text))
	switch {
	case err != nil || n < 1:
		return 0, fmt.Errorf("%q is not a number of %s: write a whole number of at least 1", text, what)
	case strconv.Itoa(n) != string(text):
		return 0, fmt.Errorf("%q is not written as a plain number of %s: write %d", text, what, n)
	}
	return n, nil
}

// seed is where random numbers start from.
type seed uint64

// UnmarshalText reads a whole number of at least 0, in plain digits.
func (s *seed) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 64)
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a seed: write a whole number from 0 to %d", text, uint64(math.MaxUint64))
	case strconv.FormatUint(n, 10) != string(text):
		return fmt.Errorf("%q is not written as a plain number: write %d", text, n)
	}
	*s = seed(n)
	return nil
}

// proportion is a share of 1 as a person gives it on the command line: 95%, 95
// or 0.95.
type proportion float64

// plainNumber is a number in plain digits.
var plainNumber = regexp.MustCompile(`^(0|[1-9][0-9]*)?(\.[0-9]+)?$`)

// UnmarshalText reads a proportion above 0 and below 100%.
func (p *proportion) UnmarshalText(text []byte) error {
	value, err := shareGiven(text)
	if err != nil {
		return err
	}
	if !(value > 0 && value < 1) {
		return fmt.Errorf("%s is out of range: it must be more than 0%% and less than 100%%, because no number of replications shows what always or never happens", strings.TrimSpace(string(text)))
	}
	*p = proportion(value)
	return nil
}

// correlation is how far two numbers go together, as a person gives it on the command
// line: 30%, 30 or 0.3.
type correlation float64

// UnmarshalText reads a correlation from 0% to 100%.
func (c *correlation) UnmarshalText(text []byte) error {
	value, err := shareGiven(text)
	if err != nil {
		return err
	}
	if !(value >= 0 && value <= 1) {
		return fmt.Errorf("%s is out of range: a correlation is from 0%%, for numbers that have nothing to do with each other, to 100%%, for numbers that rise and fall together", strings.TrimSpace(string(text)))
	}
	*c = correlation(value)
	return nil
}

// shareGiven reads a share of 1: 95%, 95 or 0.95.
func shareGiven(text []byte) (float64, error) {
	given := strings.TrimSpace(string(text))
	number, percent := strings.CutSuffix(given, "%")
	number = strings.TrimSpace(number)
	value, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || !plainNumber.MatchString(number):
		return 0, fmt.Errorf("%q is not a percentage: write it as 95%%, 95 or 0.95", given)
	case value == 1 && !percent:
		return 0, fmt.Errorf("1 may be 1%% or 100%%: write it with a %% sign")
	case percent || value > 1:
		value /= 100
	}
	return value, nil
}

// howExact is how exact a mean is to be, as a person gives it on the command line: 1%
// or £10,000.
type howExact struct {
	share    float64
	amount   decimal.Decimal
	currency string // of the amount
}

// UnmarshalText reads a percentage below 100%, or an amount with the sign of its
// currency.
func (e *howExact) UnmarshalText(text []byte) error {
	given := strings.TrimSpace(string(text))
	if _, code := words.AmountIn(given); code != "" {
		var amount pounds
		if err := amount.UnmarshalText(text); err != nil {
			return err
		}
		if !amount.IsPositive() {
			return fmt.Errorf("%s is never reached: write an amount above £0", given)
		}
		*e = howExact{amount: amount.Decimal, currency: amount.currency}
		return nil
	}
	number, percent := strings.CutSuffix(given, "%")
	number = strings.TrimSpace(number)
	value, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || !percent || !plainNumber.MatchString(number):
		return fmt.Errorf("%q is neither a percentage of a mean nor an amount: write 1%% or £10,000", given)
	case !(value > 0 && value < 100):
		return fmt.Errorf("%s is out of range: it must be more than 0%% and less than 100%%", given)
	}
	*e = howExact{share: value / 100}
	return nil
}

// orElse is the proportion, or another if none was given.
func (p *proportion) orElse(other float64) float64 {
	if p == nil {
		return other
	}
	return float64(*p)
}

// pounds is an amount as a person gives it on the command line: £250,000, 250000,
// £250k or £1.5m, or with the sign of another currency.
type pounds struct {
	decimal.Decimal
	currency string // its code, as given; empty for none, "$" for a sign of several
}

// inCurrency refuses an amount in another currency than a programme's.
func inCurrency(p *model.Programme, code string) error {
	own := cmp.Or(p.Currency, words.Sterling)
	switch code {
	case "", own:
		return nil
	case "$":
		return misused("$ may be of several currencies, and %s is in %s: write the amount with %s", p.Name, words.CurrencyName(own), strings.TrimSpace(words.CurrencySign(own)))
	}
	return misused("an amount in %s was given, and %s is in %s: nothing is converted, so give it in that", words.CurrencyName(code), p.Name, words.CurrencyName(own))
}

// UnmarshalText reads an amount of at least 0, to two decimals.
func (p *pounds) UnmarshalText(text []byte) error {
	given := strings.TrimSpace(string(text))
	number, code := words.AmountIn(given)
	power := int32(0)
	for suffix, its := range map[string]int32{"k": 3, "m": 6} {
		if bare, ok := strings.CutSuffix(number, suffix); ok {
			number, power = bare, its
		}
	}
	if !plainAmount.MatchString(number) {
		return fmt.Errorf("%q is not an amount: write it as £250,000, 250000, £250k or £1.5m", given)
	}
	value, err := decimal.NewFromString(strings.ReplaceAll(number, ",", ""))
	switch {
	case err != nil:
		return fmt.Errorf("%q is not an amount: write it as £250,000, 250000, £250k or £1.5m", given)
	case value.Shift(power).GreaterThan(decimal.New(1, 12)):
		return fmt.Errorf("%q is too large: at most 1,000,000,000,000 is allowed", given)
	case !value.Shift(power + 2).IsInteger():
		return fmt.Errorf("%q has more than two decimals: write at most two, of the amount in full", given)
	}
	p.Decimal, p.currency = value.Shift(power), code
	return nil
}

// plainAmount is an amount in plain digits, with or without commas between thousands.
var plainAmount = regexp.MustCompile(`^([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,8})?$`)
