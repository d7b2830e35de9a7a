package words

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for want, got := range map[string]string{
		"0":           Count(0),
		"999":         Count(999.4),
		"1,000":       Count(999.5),
		"-12":         Count(-12.3),
		"1,234,568":   Count(1_234_567.5),
		"2,271":       Count(2_270.5), // half away from zero, not to even
		"-2,271":      Count(-2_270.5),
		"100,000":     Count(100_000),
		"1,234,567.5": Number(1_234_567.46, 1),
		"-0.50":       Number(-0.5, 2),
		"0.00":        Number(-0.001, 2),
		"0.0":         Number(math.Copysign(0, -1), 1),
		"5,200":       Exact(decimal.RequireFromString("5200.00")),
		"-42.05":      Exact(decimal.RequireFromString("-42.05")),
		"1,000.125":   Exact(decimal.RequireFromString("1000.125")),
		"0.004132":    Significant(0.00413221),
		"1.5":         Significant(1.5),
	} {
		require.Equal(t, want, got)
	}
	require.Equal(t, "0", Count(-0.3))
}

func TestPercentages(t *testing.T) {
	for _, c := range []struct {
		share float64
		want  string
	}{
		{0, "0%"},
		{1e-9, "<0.1%"},
		{0.00049, "<0.1%"},
		{0.0005, "0.1%"},
		{0.5, "50%"},
		{0.632, "63.2%"},
		{0.9994, "99.9%"},
		{0.9995, ">99.9%"},
		{1 - 1e-9, ">99.9%"},
		{1, "100%"},
		{1.5, "150%"},
		{12.5, "1,250%"},
		{-0.025, "-2.5%"},
	} {
		require.Equal(t, c.want, Percent(c.share), c.share)
	}
	require.Equal(t, "100%", Change(0.9999))
	require.Equal(t, "0%", Change(-0.0001))
	require.Equal(t, "-2.5%", Change(-0.025))
	require.Equal(t, "27.25%", Share(decimal.RequireFromString("0.2725")))
	require.Equal(t, "100%", Share(decimal.New(1, 0)))
	require.Equal(t, "3.5%", Rate(0.035))
	require.Equal(t, "8%", Rate(0.08))
	for share, want := range map[float64]string{0.07: "7", 0.29: "29", 0.995: "99.5", 0.0001: "0.01", 0.5: "50"} {
		require.Equal(t, want+"%", Percentile(share))
		require.Equal(t, "P"+want, P(share))
	}
}

// Never and always are said of nothing else.
func TestPercentOfWhatIsNeitherNeverNorAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		text := Percent(share)
		require.Equal(t, share == 0, text == "0%", text)
		require.Equal(t, share == 1, text == "100%", text)
	})
}

func TestSigned(t *testing.T) {
	for _, c := range []struct {
		value      float64
		text, want string
	}{
		{0.031, "3.1%", "+3.1%"},
		{-1200, "-£1,200", "-£1,200"},
		{1200, "£1,200", "+£1,200"},
		{0, "0", "0"},
		{0.2, "£0", "£0"},
		{1e3, "£0.00m", "£0.00m"},
	} {
		require.Equal(t, c.want, Signed(c.value, c.text))
	}
}

func TestMoney(t *testing.T) {
	stated := decimal.RequireFromString
	for want, got := range map[string]string{
		"£9,123,323":                 Pounds(9_123_323.4),
		"-£1,200":                    Pounds(-1_200.2),
		"£0":                         Pounds(-0.2),
		"£999":                       Pounds(999.4),
		"£42.05":                     Pence(42.05),
		"-£1,200.00":                 Pence(-1200),
		"£883k":                      Thousands(882_674),
		"-£100k":                     Thousands(-99_999.6),
		"£0k":                        Thousands(-400),
		"£9.12m":                     Millions(9_123_323),
		"-£0.24m":                    Millions(-240_000),
		"£0.00m":                     Millions(-1),
		"£5,200":                     Amount("£", stated("5200.00")),
		"£5,200.50":                  Amount("£", stated("5200.5")),
		"-£42.06":                    Amount("£", stated("-42.055")),
		"USD 1,000":                  Amount("USD ", stated("999.999")),
		"-USD 10.10":                 Amount("USD ", stated("-10.1")),
		"-£42.50":                    Money("GBP", stated("-42.5")),
		"JPY 9,500,000":              Money("JPY", stated("9500000")),
		"5,200 (no currency stated)": Money("", stated("5200")),
	} {
		require.Equal(t, want, got)
	}
}

// Without its commas a number is what strconv makes of it.
func TestThousandsAreSeparatedInThrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e15, 1e15).Draw(t, "n")
		text := Count(float64(n))
		require.Equal(t, strconv.FormatInt(n, 10), strings.ReplaceAll(text, ",", ""))
		groups := strings.Split(strings.TrimPrefix(text, "-"), ",")
		require.LessOrEqual(t, len(groups[0]), 3)
		for _, group := range groups[1:] {
			require.Len(t, group, 3)
		}
	})
}

func TestLists(t *testing.T) {
	require.Empty(t, And(nil))
	require.Equal(t, "a", And([]string{"a"}))
	require.Equal(t, "a and b", And([]string{"a", "b"}))
	require.Equal(t, "a, b and c", And([]string{"a", "b", "c"}))
	require.Equal(t, "a, b or c", Or([]string{"a", "b", "c"}))
	require.Equal(t, `"a", "b"`, Quoted([]string{"a", "b"}, 2))
	require.Equal(t, `"a", "b", and 2 more`, Quoted([]string{"a", "b", "c", "d"}, 2))
	require.Empty(t, Quoted(nil, 2))
}

func TestUnits(t *testing.T) {
	child := Unit{One: "child", Many: "children", PerChild: true}
	require.Equal(t, "1 child", child.Of(1))
	require.Equal(t, "0 children", child.Of(0))
	require.Equal(t, "2,000 children", child.Of(2000))
	require.Equal(t, "1.5 children", child.Of(1.5))
	require.Equal(t, "a child", child.A())
	require.Equal(t, "an outcome", Unit{One: "outcome", Many: "outcomes"}.A())
	require.Equal(t, "1 replication", Plural(1, "replication"))
	require.Equal(t, "2,000 replications", Plural(2000, "replication"))
}

func TestFirstLetter(t *testing.T) {
	for given, want := range map[string]string{
		"outcome payments": "Outcome payments", "élevé": "Élevé", "£9m": "£9m", "": "", "5 weeks": "5 weeks", "Derby": "Derby", "\xff": "\xff",
	} {
		require.Equal(t, want, Capital(given))
	}
	for given, want := range map[string]string{
		"Élevé": "élevé", "Foster care": "foster care", "The Life Chances Fund": "the Life Chances Fund", "": "",
		"Life Chances Fund pays": "Life Chances Fund pays", "M1 step-down": "M1 step-down", "NHS pays": "NHS pays",
	} {
		require.Equal(t, want, Small(given))
	}
}

func TestWrap(t *testing.T) {
	require.Equal(t, []string{"one two", "three"}, Wrap("one  two\nthree", 7))
	require.Equal(t, []string{"a", "unbreakable", "b"}, Wrap("a unbreakable b", 4))
	require.Equal(t, []string{"élevé élevé"}, Wrap("élevé élevé", 11)) // characters, not bytes
	require.Equal(t, []string{""}, Wrap("  ", 4))
	require.Equal(t, "one two three", OneLine(" one  two\n three "))
}

// Lines fit unless a single word does not, no line could take the first word of
// the next, and no word is lost.
func TestWrapFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.SliceOf(rapid.StringMatching(`[a-zé£]{1,12}`)).Draw(t, "words")
		width := rapid.IntRange(1, 30).Draw(t, "width")
		lines := Wrap(strings.Join(given, " "), width)
		require.Equal(t, strings.Join(given, " "), strings.Join(lines, " "))
		for i, line := range lines {
			require.True(t, utf8.RuneCountInString(line) <= width || !strings.Contains(line, " "), line)
			if i > 0 {
				next, _, _ := strings.Cut(line, " ")
				require.Greater(t, Width(lines[i-1])+1+Width(next), width)
			}
		}
	})
}

func TestNothingBecomesAFormula(t *testing.T) {
	for given, want := range map[string]string{
		"=1+1": "'=1+1", "+44": "'+44", "-cmd": "'-cmd", "@x": "'@x", "\tx": "'\tx", "\rx": `\rx`, "\nx": "'\nx", "Derby": "Derby", "": "",
		" =1+1": "' =1+1", "\u00a0@x": "'\u00a0@x", " a=1": " a=1",
	} {
		require.Equal(t, want, Safe(given))
	}
}

func TestPrintable(t *testing.T) {
	for given, want := range map[string]string{
		"Éva paid £9m\tor\nless":              "Éva paid £9m\tor\nless",
		"Families \U0001F468\u200d\U0001F469": "Families \U0001F468\u200d\U0001F469",
		"a\x1b[31mred\a":                      `a\x1b[31mred\a`,
		"over\r\x00\x7f\u0085":                `over\r\x00\x7f\u0085`,
		"a\u202ecba\u2069":                    `a\u202ecba\u2069`,
		"two\u2028lines":                      `two\u2028lines`,
		"a\xff\xc3(":                          `a\xff\xc3(`,
		"\ufffd stays":                        "\ufffd stays",
		"a\uffff\ufffe":                       `a\uffff\ufffe`,
		`a\x1b`:                               `a\x1b`,
		"":                                    "",
	} {
		require.Equal(t, want, Printable(given))
	}
	rapid.Check(t, func(t *rapid.T) {
		text := Printable(string(rapid.SliceOf(rapid.Byte()).Draw(t, "text")))
		require.True(t, utf8.ValidString(text))
		require.Equal(t, text, Printable(text))
		require.False(t, strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }))
	})
}

func TestPrintableJSON(t *testing.T) {
	for _, given := range []string{"plain £", "C1 \u009b31m\u0085", "turned \u202eabc\u2069", "two\u2028lines", "far \U0001fffe", "del \x7f", "\x1b[2J"} {
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		require.NoError(t, encoder.Encode(map[string]string{"name": given}))
		safe := PrintableJSON(b.Bytes())
		require.False(t, strings.ContainsFunc(string(safe), commanding), "%q", safe)
		var back map[string]string
		require.NoError(t, json.Unmarshal(safe, &back))
		require.Equal(t, strings.ReplaceAll(given, "\U0001fffe", "\ufffd"), back["name"])
	}
}

func TestLooks(t *testing.T) {
	for one, other := range map[string]string{
		"Derby": "Derby\u00a0", "step down": "step  down ", "Café": "Cafe\u0301", "foster": "f\u043ester", "Ashby": "\u200fAshby",
		"Ox\u00adford": "Oxford", "ΑΒ": "AB", "step-down": "step\u2011down", "1 week": "1\u2009week",
	} {
		require.NotEqual(t, one, other)
		require.Equal(t, Looks(one), Looks(other))
	}
	for one, other := range map[string]string{"Derby": "derby", "M1": "M2", "Café": "Cafe", "step down": "stepdown", "АБВ": "ABV"} {
		require.NotEqual(t, Looks(one), Looks(other))
	}
}
