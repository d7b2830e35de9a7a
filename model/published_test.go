package model

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// The first total of a kind that counts the same and still holds is found.
func TestPublishedTotal(t *testing.T) {
	f := PublishedFigures{Totals: []PublishedTotal{
		{Name: "service users targeted, roughly", Value: decimal.NewFromInt(300)},
		{Name: "an earlier target", Value: decimal.NewFromInt(423), Kind: Targeted, Counts: "service users", Superseded: true},
		{Name: "days", Value: decimal.NewFromInt(9), Kind: Targeted, Counts: "days"},
		{Name: "a", Value: decimal.NewFromInt(304), Kind: Targeted, Counts: "service users"},
		{Name: "b", Value: decimal.NewFromInt(305), Kind: Targeted, Counts: "service users"},
	}}
	total, ok := f.Total(Targeted, "service users")
	require.True(t, ok)
	require.Equal(t, "a", total.Name)
	_, ok = f.Total(Engaged, "service users")
	require.False(t, ok)
	_, ok = f.Total(Targeted, "children")
	require.False(t, ok)
}

func TestKindsOfPublishedTotal(t *testing.T) {
	for _, kind := range []TotalKind{Targeted, Engaged, Achieved, Maximum, Paid} {
		var read TotalKind
		require.NoError(t, read.UnmarshalText([]byte(kind)))
		require.Equal(t, kind, read)
	}
	read := Paid
	require.EqualError(t, read.UnmarshalText([]byte("Targeted")),
		`"Targeted" is not a kind of published total: write one of targeted, engaged, achieved, maximum, paid`)
	require.Equal(t, Paid, read)
}

// What a file does not say of a total does not stand in JSON either, and what it
// says comes back.
func TestPublishedTotalInJSON(t *testing.T) {
	for text, total := range map[string]PublishedTotal{
		`{"name":"n","value":"3"}`: {Name: "n", Value: decimal.NewFromInt(3)},
		`{"name":"n","value":"3","kind":"achieved","counts":"weeks","to":"2024-06-30","superseded":true}`: {
			Name: "n", Value: decimal.NewFromInt(3), Kind: Achieved, Counts: "weeks", To: calendar.NewDate(2024, 6, 30), Superseded: true,
		},
	} {
		written, err := json.Marshal(total)
		require.NoError(t, err)
		require.JSONEq(t, text, string(written))
		var read PublishedTotal
		require.NoError(t, json.Unmarshal(written, &read))
		require.Equal(t, total, read)
	}
}

// What is said of a total decides no figure, and its value stays in the
// fingerprint.
func TestFingerprintOfPublishedTotals(t *testing.T) {
	p := Programme{Published: PublishedFigures{Totals: []PublishedTotal{{Name: "n", Value: decimal.NewFromInt(3)}}}}
	before := p.Fingerprint()
	p.Published.Totals[0].Kind, p.Published.Totals[0].Counts = Paid, "outcome payments"
	require.Equal(t, before, p.Fingerprint())
	require.Equal(t, Paid, p.Published.Totals[0].Kind, "the programme is as it was")
	p.Published.Totals[0].Value = decimal.NewFromInt(4)
	require.NotEqual(t, before, p.Fingerprint())
}
