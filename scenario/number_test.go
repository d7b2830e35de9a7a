package scenario

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// written is one way to write a value, and either what it is or what is said of it.
type written struct{ text, value, problem string }

func checkForms[T fmt.Stringer](t *testing.T, parse func(string) (T, error), forms []written) {
	t.Helper()
	for _, f := range forms {
		t.Run(f.text, func(t *testing.T) {
			v, err := parse(f.text)
			if f.problem != "" {
				require.Error(t, err)
				assert.Equal(t, f.problem, err.Error())
				return
			}
			require.NoError(t, err)
			assert.Equal(t, f.value, v.String())
		})
	}
}

// count is a whole number that can be compared like a decimal one.
type count int

func (c count) String() string { return fmt.Sprint(int(c)) }

func counting(parse func(string, want) (int, error), w want) func(string) (count, error) {
	return func(text string) (count, error) {
		n, err := parse(text, w)
		return count(n), err
	}
}

func with[T any](parse func(string, want) (T, error), w want) func(string) (T, error) {
	return func(text string) (T, error) { return parse(text, w) }
}

func TestAmounts(t *testing.T) {
	checkForms(t, with(parseAmount, anAmount), []written{
		{"4000", "4000", ""},
		{"401.10", "401.1", ""},
		{" 0 ", "0", ""},
		{"+12", "12", ""},
		{"0004", "", `"0004" begins with a zero, which some programs take for another number: write 4`},
		{"010", "", `"010" begins with a zero, which some programs take for another number: write 10`},
		{"00.50", "", `"00.50" begins with a zero, which some programs take for another number: write 0.50`},
		{"0.50", "0.5", ""},
		{"1e3", "1000", ""},
		{"0.07", "0.07", ""},
		{"£4000", "", `"£4000" is not a plain number: write 4000, without commas, spaces or letters`},
		{"£4,000.50", "", `"£4,000.50" is not a plain number: write 4000.50, without commas, spaces or letters`},
		{"4_000", "", `"4_000" is not a plain number: write 4000, without commas, spaces or letters`},
		{"401,10", "", `"401,10" is not a plain number: write 401.10, without commas, spaces or letters`},
		{"4000 per month", "", `"4000 per month" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"27.5%", "", `"27.5%" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"9.1m", "", `"9.1m" is not a plain number: write 9100000, without commas, spaces or letters`},
		{"£1.2 million", "", `"£1.2 million" is not a plain number: write 1200000, without commas, spaces or letters`},
		{"£250k", "", `"£250k" is not a plain number: write 250000, without commas, spaces or letters`},
		{"GBP 500", "", `"GBP 500" is not a plain number: write 500, without commas, spaces or letters`},
		{"\u2212500", "", `"−500" is not a plain number: write -500, without commas, spaces or letters`},
		{"1\u202f250", "", `"1\u202f250" is not a plain number: write 1250, without commas, spaces or letters`},
		{"1.250,00", "", `"1.250,00" is not a plain number: write 1250.00, without commas, spaces or letters`},
		{"12,34,5", "", `"12,34,5" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"(1,250)", "", `"(1,250)" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"500-", "", `"500-" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"TBC", "", `"TBC" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"-", "", `"-" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{".5", "", `".5" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"0x10", "", `"0x10" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{".inf", "", `".inf" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"NaN", "", `"NaN" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"yes", "", `"yes" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"٤", "", `"٤" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"1e999999999", "", `"1e999999999" is not an amount in £: write a plain number, such as 4000 or 401.10`},
		{"-1", "", "-1 is below 0: write an amount in £, such as 4000 or 401.10"},
		{"0.001", "", "£0.001 has more than two decimals: write at most two"},
		{"1e13", "", "£1e13 is too large: at most £1,000,000,000,000 is allowed"},
		{
			"a text that goes on for far too long to be shown", "",
			`"a text that goes on for far too long to "… is not an amount in £: write a plain number, such as 4000 or 401.10`,
		},
	})
}

func TestShares(t *testing.T) {
	checkForms(t, with(parseShare, aShare), []written{
		{"27.5%", "0.275", ""},
		{"27.5 %", "0.275", ""},
		{"0.275", "0.275", ""},
		{"32.55%", "0.3255", ""},
		{"0", "0", ""},
		{"100%", "1", ""},
		{"1", "1", ""},
		{"27.5", "", "27.5 is more than 1: if it is a percentage, write 27.5% or 0.275"},
		{"100", "", "100 is more than 1: if it is a percentage, write 100% or 1"},
		{"4000", "", "4000 is more than 1: a share is from 0 to 1, which is 0% to 100%"},
		{"100.1%", "", "100.1% is more than 1: a share is from 0 to 1, which is 0% to 100%"},
		{"-1%", "", "-1% is below 0: a share is from 0 to 1, which is 0% to 100%"},
		{"27,5%", "", `"27,5%" is not a share: write 27.5%`},
		{"0,275", "", `"0,275" is not a plain number: write 0.275, without commas, spaces or letters`},
		{"a quarter", "", `"a quarter" is not a share: write a plain number, such as 27.5% or 0.275`},
		{"%", "", `"%" is not a share: write a plain number, such as 27.5% or 0.275`},
	})
}

func TestYearlyRates(t *testing.T) {
	checkForms(t, with(parseYearlyRate, aYearlyRate), []written{
		{"7.3%", "0.073", ""},
		{"-2%", "-0.02", ""},
		{"2", "", "2 is more than 1: if it is a percentage, write 2% or 0.02"},
		{"-150%", "", "-150% is below -1: a yearly rate is from -1 to 1, which is -100% to 100%"},
	})
	checkForms(t, with(parseRate, aRate), []written{
		{"0.3", "0.3", ""},
		{"250%", "2.5", ""},
		{"4", "4", ""},
		{"-0.1", "", "-0.1 is below 0: write a rate of events in a year, such as 0.3"},
	})
}

func TestWeeks(t *testing.T) {
	checkForms(t, counting(parseWeeks, someWeeks), []written{
		{"26", "26", ""},
		{"26 weeks", "26", ""},
		{"1 week", "1", ""},
		{"26  weeks", "26", ""},
		{"26.0", "26", ""},
		{"0", "0", ""},
		{"26 days", "", `"26 days" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks`},
		{"6 months", "", `"6 months" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks`},
		{"26 Weeks", "", `"26 Weeks" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks`},
		{"26weeks", "", `"26weeks" is not a whole number of weeks: write a plain number, such as 26 or 26 weeks`},
		{"26.5 weeks", "", "26.5 weeks has decimals: write a whole number of weeks, such as 26 or 26 weeks"},
		{"-1 week", "", "-1 week is below 0: write a whole number of weeks, such as 26 or 26 weeks"},
		{"5000", "", "5000 is too large: at most 3120 is allowed"},
		{"weeks", "", `"weeks" is not a whole number of weeks: write a plain number, such as 26 or 26 weeks`},
	})
	checkForms(t, with(parseMeanStay, aMeanStay), []written{
		{"40.5 weeks", "40.5", ""},
		{"1", "1", ""},
		{"0.5", "", "a mean stay of 0.5 is not possible: write a number of weeks, 1 or more, such as 40 or 40.5 weeks"},
	})
}

func TestMonthsAndDays(t *testing.T) {
	checkForms(t, counting(parseMonths, someMonths), []written{
		{"6", "6", ""},
		{"6 months", "6", ""},
		{"1 month", "1", ""},
		{"720", "720", ""},
		{"26 weeks", "", `"26 weeks" is not in months: write a whole number of months, such as 6 or 6 months`},
		{"half a year", "", `"half a year" is not a whole number of months: write a plain number, such as 6 or 6 months`},
		{"721", "", "721 is too large: at most 720 is allowed"},
	})
	checkForms(t, counting(parseDays, someDays), []written{
		{"489", "489", ""},
		{"489 days", "489", ""},
		{"1 day", "1", ""},
		{"52 weeks", "", `"52 weeks" is not in days: write a whole number of days, such as 489 or 489 days`},
		{"0.5 days", "", "0.5 days has decimals: write a whole number of days, such as 489 or 489 days"},
		{"1e6", "", "1e6 is too large: at most 21840 is allowed"},
	})
}

func TestClocks(t *testing.T) {
	checkForms(t, with(parseClock, clockWeeks), []written{
		{"0 to 25", "cycles 0 to 25", ""},
		{"0 to 25 weeks", "cycles 0 to 25", ""},
		{"7 to 7", "cycle 7", ""},
		{"26 on", "cycle 26 onwards", ""},
		{"26 onwards", "cycle 26 onwards", ""},
		{"0 on", "every cycle", ""},
		{"26", "", "26 alone has two meanings: write 26 to 26 for that one week, or 26 on for all weeks from it"},
		{"25 to 0", "", "25 to 0 runs backwards: write the earlier week first"},
		{"0-25", "", `"0-25" is not a run of weeks, counted from 0, both ends included, such as 0 to 25 or 26 on`},
		{"0 to x", "", `"x" is not a run of weeks, counted from 0, both ends included: write a plain number, such as 0 to 25 or 26 on`},
		{"-1 to 3", "", "-1 is below 0: write a run of weeks, counted from 0, both ends included, such as 0 to 25 or 26 on"},
	})
}

func TestOtherNumbers(t *testing.T) {
	checkForms(t, with(parseAge, anAge), []written{
		{"10", "10", ""},
		{"10.5 years", "10.5", ""},
		{"1 year", "1", ""},
		{"120 months", "", `"120 months" is not in years: write an age in years, such as 10 or 10 years`},
		{"18.5", "", "an age of 18.5 is outside 0 to 18 years"},
	})
	checkForms(t, counting(parseCount, aCount), []written{
		{"55", "55", ""},
		{"55.5", "", "55.5 has decimals: write a whole number, such as 55"},
		{"-1", "", "-1 is below 0: write a whole number, such as 55"},
		{"8,840", "", `"8,840" is not a plain number: write 8840, without commas, spaces or letters`},
	})
	checkForms(t, with(parseChildren, aNumber), []written{
		{"53.46", "53.46", ""},
		{"-1", "", "-1 is not a number of children: write a number from 0 to 1000000"},
	})
}

func TestNearest(t *testing.T) {
	states := []string{"edge of care", "foster", "residential", "foster, planned", "lag"}
	for given, want := range map[string]string{
		"Foster": "foster", "fostr": "foster", "edge-of-care": "edge of care", "residental": "residential",
		"foster planned": "foster, planned", "fostering": "foster", "planned": "foster, planned", "alg": "lag",
		"cap": "", "x": "", "": "", "reunified": "",
	} {
		near, ok := nearest(given, states)
		assert.Equal(t, want, near, given)
		assert.Equal(t, want != "", ok, given)
	}
}

func TestNearestByWords(t *testing.T) {
	variants := []string{
		"graded tariffs", "flat tariffs", "referrals to September 2025", "Life Chances Fund capped",
		"Life Chances Fund ends September 2024", "no cap on the contract",
	}
	for given, want := range map[string]string{
		"Life Chances Fund ends": "Life Chances Fund ends September 2024",
		"fund ends 2024":         "Life Chances Fund ends September 2024",
		"life chances fund":      "Life Chances Fund capped",
		"September 2025":         "referrals to September 2025",
		"tariffs":                "flat tariffs",
		"no contract cap":        "no cap on the contract",
		"flat tarif":             "flat tariffs",
		"the of to":              "",
		"steep prices":           "",
		"no":                     "",
	} {
		near, _ := nearest(given, variants)
		assert.Equal(t, want, near, given)
	}
}

// A new name that is all but equal to another is a mistake, but short names, and
// names that differ in a number, are not.
func TestAlmost(t *testing.T) {
	valid := []string{"commissioner", "Derby", "NCC", "cohort 2", "Northmoor"}
	for given, want := range map[string]string{
		"commisioner": "commissioner", "Commissioner": "commissioner", "commissioners": "commissioner",
		"Derbi": "Derby", "Derb": "Derby", "Northmor": "Northmoor", "North Moor": "Northmoor",
		"NCF": "", "cohort 3": "", "cohorts 2": "cohort 2", "Darbi": "", "Southmoor": "", "Derby": "",
		"Derby City Council": "", "": "",
	} {
		near, ok := almost(given, valid)
		assert.Equal(t, want, near, given)
		assert.Equal(t, want != "", ok, given)
	}
}

// Sums are told in the form in which their parts are written.
func TestSumForm(t *testing.T) {
	sum := decimal.RequireFromString("1.1")
	assert.Equal(t, "1.1: they must add up to 1", sumForm{}.of(sum))
	assert.Equal(t, "110%: they must add up to 100%", sumForm{percent: true}.of(sum))
}

// The distance of two words is that of the plain definition as far as it is told.
func TestDistance(t *testing.T) {
	plainly := func(a, b []rune) int {
		rows := make([][]int, len(a)+1)
		for i := range rows {
			rows[i] = make([]int, len(b)+1)
			rows[i][0] = i
		}
		for j := range rows[0] {
			rows[0][j] = j
		}
		for i := 1; i <= len(a); i++ {
			for j := 1; j <= len(b); j++ {
				change := rows[i-1][j-1]
				if a[i-1] != b[j-1] {
					change++
				}
				rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
		return rows[len(a)][len(b)]
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.SampledFrom([]rune("abc")), 0, 12)
		a, b, most := word.Draw(t, "a"), word.Draw(t, "b"), rapid.IntRange(0, 12).Draw(t, "most")
		want, got := plainly(a, b), distance(a, b, most)
		if want <= most {
			require.Equal(t, want, got)
		} else {
			require.Greater(t, got, most)
		}
	})
}
