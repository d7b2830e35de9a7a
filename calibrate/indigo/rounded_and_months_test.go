package indigo

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestRoundedIsWithinHalfAPenny(t *testing.T) {
	half := decimal.New(5, -3)
	rapid.Check(t, func(t *rapid.T) {
		given := []Payment{{Amount: decimal.NewNullDecimal(decimal.New(rapid.Int64().Draw(t, "digits"), -6))}}
		before := given[0].Amount.Decimal
		pennies := rounded(given)[0].Amount.Decimal
		require.True(t, pennies.Sub(before).Abs().LessThanOrEqual(half))
		require.True(t, pennies.Shift(2).IsInteger())
		require.True(t, given[0].Amount.Decimal.Equal(before), "what was given is not changed")
	})
}

func TestMonths(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2030-01", "2030-03", 3},
		{"2029-12", "2030-02", 3},
		{"2030", "2031", 24},
		{"2030-01-01", "2030-03-31", 3},
		{"2030-01-05", "2030-03-30", 0},
		{"2030-02", "2030-02", 1},
		{"2030-03", "2030-01", 0},
		{"0001", "9999", 119988},
	} {
		from, _, ok1 := parseDate(c.from)
		to, _, ok2 := parseDate(c.to)
		require.True(t, ok1 && ok2)
		require.Equal(t, c.want, Period{From: from.From, To: to.To}.months(), "%s to %s", c.from, c.to)
	}
	require.Zero(t, Period{}.months())
}

// A period is written by the month where it is in whole months, and a date as
// the day, the month or the year that was given.
func TestPeriodAsText(t *testing.T) {
	for given, want := range map[string]string{
		"2030": "2030-01 to 2030-12", "2030-04": "2030-04", "2030-04-01": "2030-04-01", "2030-04-30": "2030-04-30", "2030-04-15": "2030-04-15",
	} {
		p, _, ok := parseDate(given)
		require.True(t, ok)
		require.Equal(t, want, p.String())
	}
}
