package decimals

import (
	"errors"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func TestNumbersOfTooManyDigits(t *testing.T) {
	for _, d := range []decimal.Decimal{{}, decimal.New(1, Most), decimal.New(1, -Most), decimal.New(math.MinInt64, 0), decimal.NewFromFloat(math.SmallestNonzeroFloat64)} {
		require.NoError(t, Check(d), d.Exponent())
	}
	long := decimal.New(1, 0)
	for range 1000 {
		long = long.Mul(decimal.New(1234567, -3))
	}
	for _, d := range []decimal.Decimal{decimal.New(1, Most+1), decimal.New(1, -Most-1), decimal.New(0, 1<<30), decimal.New(1, math.MaxInt32), decimal.New(1, math.MinInt32), long} {
		require.ErrorContains(t, Check(d), "more than 400 digits")
	}
}

// Every number of a value is found, and said where it is in the words of a file.
func TestWhereTheNumbersAre(t *testing.T) {
	big := decimal.New(1, 1<<30)
	type part struct {
		Name     string
		PerWeek  decimal.Decimal     `json:"per_week,omitzero"`
		Optional decimal.NullDecimal `json:"optional"`
		Next     *part
		hidden   decimal.Decimal
	}
	value := struct {
		Parts []part                     `json:"parts_of_it"`
		ByWho map[string]decimal.Decimal `json:"by_who"`
		Text  []string
		Any   any
	}{
		Parts: []part{{Name: "first", PerWeek: big, Next: &part{Optional: decimal.NewNullDecimal(big)}}, {PerWeek: big, hidden: big}},
		ByWho: map[string]decimal.Decimal{"Derby": big, "Leeds": {}}, Any: big,
	}
	faults := In("it", &value)
	const problem = ": a number has more than 400 digits (its power of ten is 1073741824): write a number of ordinary size"
	require.EqualError(t, errors.Join(faults...), "it.parts of it.first.per week"+problem+
		"\nit.parts of it.first.next.optional"+problem+"\nit.parts of it.2.per week"+problem+"\nit.by who.Derby"+problem)
	require.Empty(t, In("it", nil))
	require.Empty(t, In("it", &part{}))
}
