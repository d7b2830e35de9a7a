package scenario_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

func dn2Text(t *testing.T) string {
	t.Helper()
	text, err := fs.ReadFile(scenario.Library(), "dn2.yaml")
	require.NoError(t, err)
	return string(text)
}

// The base case of DN2 is held to what was paid, and stays so under edits of what its draws
// do not depend on, and under no others.
func TestWhatTakesACaseOffWhatWasPaid(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	base, err := dn2.Version("base")
	require.NoError(t, err)
	held := base.Programme.Conditioned
	require.Equal(t, 1000, held.Size)
	require.Len(t, held.Inputs, 24)
	require.Equal(t, "2024-06-30", held.PaidTo.String())
	require.NoError(t, base.Programme.Validate())
	for version, is := range map[string]struct{ held, alone bool }{
		"base + {unit costs.residential=5200}":                                           {held: true},
		"base + {unit costs.residential={value: 4000, range: 3900 to 4100}}":             {held: true},
		"base + {delivery.scale=1.1}":                                                    {held: true},
		"base + {cohorts.step-down.cashable share=50%}":                                  {held: true},
		"base + Life Chances Fund ends September 2024":                                   {held: true},
		"base + failed placements lead to residential care":                              {held: true},
		"base + {contract cap=5000000}":                                                  {held: true},
		"base + {contract cap=3000000}":                                                  {alone: true},
		"base + flat tariffs":                                                            {alone: true},
		"base + {cohorts.*.failure.hazard*=1.001}":                                       {alone: true},
		"base + {cohorts.step-down.start probability={value: 0.6, range: 0.55 to 0.65}}": {alone: true},
		"base + {uncertain.all failure rates together.factor=1}":                         {alone: true},
		"base + referrals down 20%":                                                      {alone: true},
		"base + {cohorts.edge of care.lag=14}":                                           {alone: true},
		"low":                                                                            {},
		"medium":                                                                         {},
		"medium + flat tariffs":                                                          {},
	} {
		v, err := dn2.Version(version)
		require.NoError(t, err, version)
		require.Equal(t, is.held, v.Programme.Conditioned != nil, version)
		require.Equal(t, is.alone, v.LawsAlone, version)
	}
	certain, err := base.Certain()
	require.NoError(t, err)
	require.Nil(t, certain.Programme.Conditioned)
	require.False(t, certain.LawsAlone)
}

// A draw has the values of one line of the table for all inputs that are held, and for the
// others the quantiles of their laws.
func TestDrawOfATable(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := dn2.Version("base")
	require.NoError(t, err)
	free, err := v.Drawer()
	require.NoError(t, err)
	drawer, err := v.Drawer()
	require.NoError(t, err)
	require.NoError(t, drawer.Hold(v.Programme.Conditioned))
	quantiles := make([]float64, len(drawer.Inputs()))
	for i := range quantiles {
		quantiles[i] = (float64(i) + 0.5) / float64(len(quantiles))
	}
	_, err = drawer.Draw(quantiles)
	require.ErrorContains(t, err, "quantiles")
	byLaw, err := free.Values(quantiles)
	require.NoError(t, err)
	for _, row := range []int{0, 7, 500, 999} {
		drawn, err := drawer.Clone().Draw(append(quantiles, (float64(row)+0.5)/1000))
		require.NoError(t, err)
		for i, u := range drawer.Inputs() {
			want := byLaw[i]
			for k, path := range v.Programme.Conditioned.Inputs {
				if path == u.Path {
					want = v.Programme.Conditioned.Draws[k][row]
				}
			}
			require.Equal(t, want, drawn.Values[i], u.Path)
		}
	}
}

// A table goes with what it was made of: any change of an input, a range, a payment or the
// table itself is a fault, and so is a table that is not there.
func TestTableThatDoesNotGoWithTheFile(t *testing.T) {
	text := dn2Text(t)
	table, err := fs.ReadFile(scenario.Library(), "dn2.base.csv")
	require.NoError(t, err)
	read := func(text string, table []byte) error {
		_, err := scenario.ReadBeside("x.yaml", strings.NewReader(text), fstest.MapFS{"dn2.base.csv": {Data: table}})
		return err
	}
	require.NoError(t, read(text, table))
	change := func(from, to string) string {
		require.Contains(t, text, from)
		return strings.Replace(text, from, to, 1)
	}
	for name, err := range map[string]error{
		"another rate":        read(change("value: 0.0093", "value: 0.0094"), table),
		"another range":       read(change("range: 0.40 to 0.78", "range: 0.41 to 0.78"), table),
		"another payment":     read(change("Q1 2024/25: 382307\n      Q2", "Q1 2024/25: 382308\n      Q2"), table),
		"another correlation": read(change("without the programme], rank correlation: 0.4", "without the programme], rank correlation: 0.3"), table),
		"another table":       read(text, bytes.Replace(table, []byte("flat tariffs"), []byte("steep tariffs"), 1)),
		"another digest":      read(change("digest: ", "digest: 0"), table),
		"a day earlier":       read(change("paid to: 2024-06-30", "paid to: 2024-03-31"), table),
	} {
		require.ErrorContains(t, err, "cases.base.conditioned on", name)
		require.ErrorContains(t, err, "make the table again with edgeofcare condition", name)
	}
	require.NoError(t, read(change("Q2 2024/25: {value: 394015", "Q2 2024/25: {value: 394016"), table), "it was paid afterwards")
	require.NoError(t, read(change("value: 4000\n    range: 3300 to 5000", "value: 4100\n    range: 3300 to 5000"), table), "no payment depends on it")
	require.ErrorContains(t, read(text, bytes.Replace(table, []byte("flat tariffs"), []byte("dear tariffs"), 1)), "there is no alternative")
	require.ErrorContains(t, read(text, bytes.Replace(table, []byte("0.001827189"), []byte("x"), 1)), "is no number")
	require.ErrorContains(t, read(text, table[:bytes.IndexByte(table, 10)]), "no draw")
	require.ErrorContains(t, read(change("dn2.base.csv\n      paid", "mine.csv\n      paid"), nil), "there is no mine.csv beside")

	// Without files beside it, the table is that of the library.
	_, err = scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
}
