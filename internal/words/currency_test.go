package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

func TestIn(t *testing.T) {
	for _, c := range []struct{ code, text, want string }{
		{"", "£5 in £", "£5 in £"},
		{"GBP", "£5 in £", "£5 in £"},
		{"AUD", "-£1,200 of £9.12m, £ per £", "-A$1,200 of A$9.12m, A$ per A$"},
		{"EUR", "more than £x", "more than €x"},
		{"SEK", "-£1,200; £ in constant prices, £0", "-SEK 1,200; SEK in constant prices, SEK 0"},
	} {
		require.Equal(t, c.want, words.In(c.code, c.text))
	}
}

func TestAmountIn(t *testing.T) {
	for text, want := range map[string][2]string{
		"4000": {"4000", ""}, " £4000 ": {"4000", "GBP"}, "A$4000": {"4000", "AUD"}, "AUD 4000": {"4000", "AUD"}, "AUD4000": {"4000", "AUD"},
		"$4000": {"4000", "$"}, "US$ 5": {"5", "USD"}, "JPY 500": {"500", "JPY"}, "€7": {"7", "EUR"}, "none": {"none", ""}, "TBC": {"TBC", ""}, "4000 GBP": {"4000 GBP", ""},
	} {
		number, code := words.AmountIn(text)
		require.Equal(t, want, [2]string{number, code}, text)
	}
}

func TestCurrencies(t *testing.T) {
	for text, want := range map[string]string{"": "GBP", "£": "GBP", "GBP": "GBP", "A$": "AUD", "AUD": "AUD", "SEK": "SEK"} {
		code, ok := words.CurrencyCode(text)
		require.True(t, ok, text)
		require.Equal(t, want, code)
	}
	for _, text := range []string{"$", "aud", "dollars", "AUDX", "A"} {
		_, ok := words.CurrencyCode(text)
		require.False(t, ok, text)
	}
	require.Equal(t, "£", words.CurrencySign(""))
	require.Equal(t, "pounds sterling (£)", words.CurrencyName(""))
	require.Equal(t, "Australian dollars (A$)", words.CurrencyName("AUD"))
	require.Equal(t, "SEK", words.CurrencyName("SEK"))
}
