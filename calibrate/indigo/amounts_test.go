package indigo_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
)

// field is a text as a field of a CSV file.
func field(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// payIn is a payment in a currency.
func payIn(currency, amount string) string {
	return "X-1,,,2030-01,2030-03,,Actual," + currency + "," + field(amount)
}

// Amounts as spreadsheets and people write them: what has one meaning is read,
// anything else is refused with a reason, and neither passes in silence.
func TestFormsOfAmounts(t *testing.T) {
	for _, c := range []struct {
		currency, given string
		want, code      string // amount and currency; no amount if it is refused
		says            string // part of the reason
	}{
		{"GBP", "(1,250.00)", "-1250", "GBP", "brackets mean below 0"},
		{"GBP", "(£1,250)", "-1250", "GBP", "brackets"},
		{"GBP", "£(1,250)", "-1250", "GBP", "brackets"},
		{"GBP", "500-", "-500", "GBP", "a minus at the end"},
		{"GBP", "\u2212500", "-500", "GBP", "plain numbers"},
		{"GBP", "\u2013500.25", "-500.25", "GBP", "plain numbers"},
		{"GBP", "-£500", "-500", "GBP", "plain numbers"},
		{"GBP", "£-500", "-500", "GBP", "plain numbers"},
		{"GBP", "1\u202f234\u202f567.89", "1234567.89", "GBP", "plain numbers"},
		{"GBP", "1\u00a0234\u00a0567", "1234567", "GBP", "plain numbers"},
		{"GBP", "1'234'567", "1234567", "GBP", "plain numbers"},
		{"GBP", "£1.2m", "1200000", "GBP", "m means 1,000,000"},
		{"GBP", "1.2M", "1200000", "GBP", "m means 1,000,000"},
		{"GBP", "£250k", "250000", "GBP", "k means 1,000"},
		{"GBP", "1.5 million", "1500000", "GBP", "million means 1,000,000"},
		{"GBP", "(£1.2m)", "-1200000", "GBP", "brackets"},
		{"GBP", "GBP 500", "500", "GBP", "plain numbers"},
		{"GBP", "500 GBP", "500", "GBP", "plain numbers"},
		{"GBP", "gbp500", "500", "GBP", "plain numbers"},
		{"GBP", "1e3", "1000", "GBP", "plain numbers"},
		{"GBP", "'1250", "1250", "GBP", "the apostrophe marks a text"},
		{"GBP", "+500", "500", "GBP", "plain numbers"},
		{"", "£500", "500", "GBP", "so GBP is taken from here"},
		{"", "JPY 500", "500", "JPY", "so JPY is taken from here"},
		{"£", "500", "500", "GBP", "codes such as GBP"},
		{"usd", "$500", "500", "USD", "plain numbers"},
		{"AUD", "$500", "500", "AUD", "plain numbers"},
		{"JPY", "£500", "", "JPY", "it names the currency GBP, but the column of its currency has JPY"},
		{"GBP", "EUR 500", "", "GBP", "it names the currency EUR"},
		{"", "$500", "", "", "write the code"},
		{"GBP", "£500 EUR", "", "GBP", "two currencies"},
		{"GBP", "5%", "", "GBP", "a percentage is no amount"},
		{"GBP", "-", "", "GBP", "a dash may mean 0"},
		{"GBP", "\u2014", "", "GBP", "a dash may mean 0"},
		{"GBP", "TBC", "", "GBP", "not a number"},
		{"GBP", "n/a", "", "GBP", "not a number"},
		{"GBP", "#REF!", "", "GBP", "not a number"},
		{"GBP", "£", "", "GBP", "not a number"},
		{"GBP", "-(500)", "", "GBP", "two signs"},
		{"GBP", "--500", "", "GBP", "two signs"},
		{"GBP", "1.250,00", "", "GBP", "commas, points or spaces"},
		{"GBP", "12,34", "", "GBP", "commas, points or spaces"},
		{"GBP", "1 2", "", "GBP", "commas, points or spaces"},
		{"GBP", "1,250 000", "", "GBP", "commas, points or spaces"},
		{"GBP", "100-200", "", "GBP", "not a number"},
		{"GBP", "<500", "", "GBP", "not a number"},
		{"GBP", "1.2mm", "", "GBP", "not a number"},
		{"GBP", "９００", "", "GBP", "not a number"},
	} {
		t.Run(c.currency+" "+c.given, func(t *testing.T) {
			d := read(t, export(map[string][]string{paymentsFile: {payIn(c.currency, c.given)}}))
			p := project(t, d).Payments[0]
			require.Equal(t, c.code, p.Currency)
			require.Len(t, d.Repairs, 1)
			r := d.Repairs[0]
			require.Contains(t, r.Problem, c.says)
			require.Contains(t, []string{"I", "H"}, r.Letter)
			if c.want == "" {
				require.False(t, p.Amount.Valid)
				require.Equal(t, c.given, p.AmountText)
				require.Equal(t, c.given, r.Given)
				require.Empty(t, r.Made)
				_, err := indigo.Total([]indigo.Payment{p})
				require.EqualError(t, err, "no total: 1 of 1 amount could not be read")
				return
			}
			require.Empty(t, p.AmountText)
			equal(t, c.want, p.Amount.Decimal, c.given)
		})
	}
}

// In a file with semicolons between its fields, as where a comma stands before
// decimals, 1,250 may be 1250 or 1.25.
func TestSemicolonsMakeCommasDoubtful(t *testing.T) {
	for given, want := range map[string]string{"1,250": "", "1.250": "", "(1.250)": "", "1250": "1250", "1250.5": "1250.5", "1,250,000": "1250000", "1.25": "1.25"} {
		text := strings.ReplaceAll(headers[paymentsFile], ",", ";") + "\nX-1;;;2030-01;2030-03;;Actual;GBP;" + given + "\n"
		d := read(t, fstest.MapFS{paymentsFile: {Data: []byte(text)}})
		amount := project(t, d).Payments[0].Amount
		require.Equal(t, want != "", amount.Valid, given)
		if want != "" {
			equal(t, want, amount.Decimal, given)
			continue
		}
		require.Contains(t, d.Repairs[0].Problem, "before thousands or before decimals")
	}
}

// A number of children or weeks is no amount of money, and 36m may be months.
func TestNumbersThatAreNoAmounts(t *testing.T) {
	for given, says := range map[string]string{"£40": "an amount of money", "36m": "may be a unit", "5%": "a percentage", "TBC": "not a number"} {
		d := read(t, export(map[string][]string{metricsFile: {"X-1,outcomemetric1,Places kept," + given + ",,"}}))
		require.False(t, project(t, d).Metrics[0].Target.Valid, given)
		require.Contains(t, d.Repairs[0].Problem, says)
	}
}

// The brackets of an accountant are a payment that was taken back: 10,000 less
// 1,250 is 8,750. With an amount that cannot be read there is no total, and
// nothing for its quarter.
func TestTotalsLackNothing(t *testing.T) {
	at := func(from, to, amount string) string {
		return "X-1,," + "," + from + "," + to + ",,Actual,GBP," + field(amount)
	}
	d := read(t, export(map[string][]string{paymentsFile: {at("2030-01", "2030-03", "10000"), at("2030-04", "2030-06", "(1,250.00)")}}))
	sums, err := indigo.Total(project(t, d).Actual())
	require.NoError(t, err)
	require.Equal(t, "8750", sums["GBP"].String())

	d = read(t, export(map[string][]string{
		projectsFile: {"X-1,Invented,,,,5000,12000,,"},
		paymentsFile: {at("2030-01", "2030-03", "10000"), at("2030-01", "2030-03", "TBC"), at("2030-04", "2030-06", "7.50")},
	}))
	p := project(t, d)
	sums, err = indigo.Total(p.Actual())
	require.EqualError(t, err, "no total: 1 of 3 amounts could not be read")
	require.Equal(t, "10007.5", sums["GBP"].String())
	require.Equal(t, map[string]string{"Q1 2030/31": "7.5"}, byQuarter(p.Actual()))
	hasNote(t, d, "X-1: actual payments: no total: 1 of 3 amounts could not be read; the others add up to £10,007.50")
	hasNote(t, d, `X-1: actual payments: 1 amount could not be read: "TBC" in row 3`)
	for _, n := range d.Notes {
		require.NotContains(t, n.Text, "payments add up to", "nothing is compared with a total that is not known")
	}
	draft := string(p.Draft(""))
	require.NotContains(t, draft, "Q4 2029/30: ")
	require.Contains(t, draft, "Q1 2030/31: 7.5")
}

// Currencies are kept apart, and no amount is in pounds unless the export says so.
func TestCurrenciesAreKeptApart(t *testing.T) {
	d := read(t, export(map[string][]string{
		projectsFile: {"X-1,Invented,,,,5000,,,"},
		paymentsFile: {payIn("JPY", "9500000"), payIn("GBP", "1000.55"), payIn("", "7"), payIn("JPY", "500000")},
	}))
	p := project(t, d)
	sums, err := indigo.Total(p.Actual())
	require.NoError(t, err)
	require.Len(t, sums, 3)
	equal(t, "10000000", sums["JPY"], "JPY")
	equal(t, "1000.55", sums["GBP"], "GBP")
	equal(t, "7", sums[""], "no currency")
	quarters, others := indigo.Quarterly(p.Actual())
	require.Empty(t, others)
	require.Equal(t, []string{"", "GBP", "JPY"}, []string{quarters[0].Currency, quarters[1].Currency, quarters[2].Currency})
	require.Equal(t, []int{2, 5}, quarters[2].Rows)
	hasNote(t, d, "X-1: amounts are in several currencies, GBP, JPY, so no sums were compared")
	draft := string(p.Draft(""))
	require.Contains(t, draft, "There are payments in JPY, so plans and actual payments are left out")
	require.Contains(t, draft, `"maximum potential outcome payment, no stated currency": 5000`)
	require.NotContains(t, draft, "£")

	data, err := json.Marshal(quarters[2])
	require.NoError(t, err)
	require.Contains(t, string(data), `"Currency":"JPY"`)
	require.Contains(t, string(data), `"Amount":"10000000"`)
}

// Whatever stands where an amount should, it is either read or listed with its
// place, and a total with one that was not read is an error.
func TestNoAmountIsDroppedInSilence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(rapid.StringMatching(`[(£$]?[-+'−]?(GBP |US\$)?[0-9]{0,4}[,. \x{202f}]?[0-9]{0,3}[.,]?[0-9]{0,2}[-)%km]?( GBP)?|TBC|n/a|[ -~]{0,12}`).Draw(t, "text"))
		d := read(t, export(map[string][]string{paymentsFile: {payIn("GBP", text), payIn("GBP", "1")}}))
		p := project(t, d)
		_, err := indigo.Total(p.Payments)
		for _, pay := range p.Payments {
			listed := false
			for _, r := range d.Repairs {
				listed = listed || r.Row == pay.Row && r.Letter == "I" && r.Given != ""
			}
			require.True(t, pay.Amount.Valid || pay.AmountText == "" || listed)
			require.True(t, pay.Amount.Valid || err != nil)
		}
	})
}

// A column has the letter that a spreadsheet shows above it.
func TestLettersOfColumns(t *testing.T) {
	header := strings.Repeat("other,", 22) + headers[paymentsFile]
	row := strings.Repeat(",", 22) + payIn("GBP", "TBC")
	d := read(t, fstest.MapFS{paymentsFile: {Data: []byte(header + "\n" + row + "\n")}})
	require.Equal(t, "AE", d.Repairs[0].Letter) // 22 + 9 = 31 = 26 + 5
	require.Equal(t, paymentsFile+`:2:Payments - Amount - (Value) (column AE): "TBC" not used: it is not a number: write a plain number, such as 470588.24, or leave the field empty`, d.Repairs[0].String())
}
