package scenario

import (
	"encoding"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// value reads a single value and gives it to parse.
func value[T any](c cursor, w want, parse func(string, want) (T, error)) T {
	var zero T
	if !c.given() {
		return zero
	}
	if c.n.kind != scalar {
		c.noSingle(w)
		return zero
	}
	text, err := c.countedShare(c.n.text, w)
	if err != nil {
		c.fault("%s", err)
		return zero
	}
	v, err := parse(text, w)
	if err != nil {
		c.fault("%s", more(err.Error(), curled(c.n.text)))
		return zero
	}
	howSure(c, w, v, parse)
	return v
}

// noSingle reports a block or a list where a single value is needed.
func (c cursor) noSingle(w want) {
	for _, name := range besideValue {
		if c.isBlock(name) {
			c.fault("%s describes a value, but there is no value beside it: write {value: …, %s: …} with %s as the value", quote(name), name, w)
			return
		}
	}
	c.fault("%s was given where a single value is needed: write %s", c.kind(), w)
}

func (c cursor) amount() decimal.Decimal       { return value(c.inPence(), anAmount, c.d.parseAmount) }
func (c cursor) number(w want) decimal.Decimal { return value(c, w, parseNumber) }
func (c cursor) share(w want) decimal.Decimal  { return value(c, w, parseShare) }
func (c cursor) yearlyRate() decimal.Decimal   { return value(c, aYearlyRate, parseYearlyRate) }
func (c cursor) weeks() int                    { return value(c, someWeeks, parseWeeks) }
func (c cursor) months() int                   { return value(c, someMonths, parseMonths) }
func (c cursor) days() int                     { return value(c, someDays, parseDays) }
func (c cursor) count() int                    { return value(c, aCount, parseCount) }
func (c cursor) probability(w want) float64    { return c.share(w).InexactFloat64() }

// limit reads an amount that may be none or not there at all.
func (c cursor) limit() decimal.NullDecimal {
	if !c.given() || c.is("none") {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(c.amount())
}

// text reads any text that is not empty.
func (c cursor) text() string {
	return value(c, want{what: "a text"}, func(text string, _ want) (string, error) {
		if strings.TrimSpace(text) == "" {
			return "", fmt.Errorf("the text is empty: write one, or remove the line")
		}
		return strings.TrimSpace(text), nil
	})
}

// yesNo reads yes or no.
func (c cursor) yesNo() bool {
	return value(c, want{what: "yes or no"}, func(text string, _ want) (bool, error) { return parseYesNo(text) })
}

// date reads a date.
func (c cursor) date() calendar.Date {
	var d calendar.Date
	c.unmarshal(&d, aDate)
	return d
}

var aDate = want{"a date", "2020-10-01"}

// unmarshal reads a value that knows its own words.
func (c cursor) unmarshal(into encoding.TextUnmarshaler, w want) {
	value(c, w, func(text string, w want) (bool, error) {
		if text == "" {
			return false, fmt.Errorf("the text is empty: write %s", w)
		}
		return true, into.UnmarshalText([]byte(text))
	})
}
