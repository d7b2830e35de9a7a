package scenario_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestVersionIsDataThatItsNameGivesAgain(t *testing.T) {
	document := dn2(t)
	for _, test := range []struct {
		text   string
		edits  []scenario.Edit
		name   string
		phrase string
		layers []scenario.Layer
	}{
		{"", nil, "base", "the base case", nil},
		{"medium", nil, "medium", "the medium case", nil},
		{` medium  +  flat tariffs `, nil, "medium + flat tariffs", "the medium case with flat tariffs", []scenario.Layer{{"variant", "flat tariffs"}}},
		{"low + referrals down 20%", nil, "low + referrals down 20%", "the low case with referrals down 20%", []scenario.Layer{{"stress", "referrals down 20%"}}},
		{
			`"low" + flat tariffs + {unit costs.residential=5200} + all at once`, nil,
			"low + flat tariffs + {unit costs.residential=5200} + all at once",
			"the low case with flat tariffs, unit costs.residential=5200 and all at once",
			[]scenario.Layer{{"variant", "flat tariffs"}, {"edit", "unit costs.residential=5200"}, {"stress", "all at once"}},
		},
		{
			"+ flat tariffs",
			[]scenario.Edit{scenario.Times("contract cap", decimal.New(9, -1)), scenario.Plus("end", "-7 months")},
			"base + flat tariffs + {contract cap*=0.9} + {end+=-7 months}", "the base case with flat tariffs, contract cap*=0.9 and end+=-7 months",
			[]scenario.Layer{{"variant", "flat tariffs"}, {"edit", "contract cap*=0.9"}, {"edit", "end+=-7 months"}},
		},
		{
			"medium + {cohorts.step-down.failure={hazard: 0.01, to: {residential: 100%}}}", nil,
			"medium + {cohorts.step-down.failure={hazard: 0.01, to: {residential: 100%}}}",
			"the medium case with cohorts.step-down.failure={hazard: 0.01, to: {residential: 100%}}",
			[]scenario.Layer{{"edit", "cohorts.step-down.failure={hazard: 0.01, to: {residential: 100%}}"}},
		},
	} {
		t.Run(test.text, func(t *testing.T) {
			v, err := document.Version(test.text, test.edits...)
			require.NoError(t, err)
			require.Equal(t, test.name, v.Name())
			require.Equal(t, test.phrase, v.Phrase())
			require.Equal(t, test.layers, v.Layers)
			again, err := document.Version(v.Name())
			require.NoError(t, err)
			require.Equal(t, v.Layers, again.Layers)
			require.Equal(t, v.Changes, again.Changes)
			require.Equal(t, v.Programme.Fingerprint(), again.Programme.Fingerprint())
		})
	}
}

func TestVersionListsEveryChangeWithBothValues(t *testing.T) {
	document := dn2(t)
	later, err := document.Version("base + {end+=1 year}")
	require.NoError(t, err)
	require.Equal(t, scenario.Change{Path: "end", Before: "2026-09-30", After: "2027-09-30", By: "edit", Does: "plus"}, later.Changes[len(later.Changes)-1])
	asItStands := &scenario.Version{}
	v, err := document.Version("base + {unit costs.residential*=1.25} + {contract cap=none} + {cohorts.*.lag=13 weeks}")
	require.NoError(t, err)
	require.NotEqual(t, asItStands, v)
	var own []scenario.Change
	for _, c := range v.Changes {
		if c.By == "edit" {
			own = append(own, c)
		} else {
			require.Equal(t, "base", c.By)
		}
	}
	require.Equal(t, scenario.Change{
		Path: "unit costs.residential", Before: "4000", After: "5000", KnownBefore: "range: 3300 to 5000", KnownAfter: "range: 4125 to 6250", By: "edit", Does: "times",
	}, own[0])
	require.Equal(t, scenario.Change{Path: "contract cap", Before: "9123323", After: "none", By: "edit"}, own[1])
	require.Len(t, own, 2+len(v.Programme.Cohorts), "a star gives one change for each setting")
	for _, c := range own[2:] {
		require.Regexp(t, `^cohorts\.[^*]+\.lag$`, c.Path)
		require.NotEmpty(t, c.Before)
		require.Equal(t, "13 weeks", c.After)
	}
	high, err := document.Version("high")
	require.NoError(t, err)
	require.NotEmpty(t, high.Changes)
	for _, c := range high.Changes {
		require.Equal(t, "high", c.By)
	}
}

func TestVersionsOfAListAreDividedAtTheirCommas(t *testing.T) {
	for _, test := range []struct {
		list  string
		parts []string
	}{
		{"low,medium , high", []string{"low", "medium", "high"}},
		{`"a, b" + c,d`, []string{`"a, b" + c`, "d"}},
		{"medium,medium + {delivery.fees={audit: 5000, legal: 2000}}", []string{"medium", "medium + {delivery.fees={audit: 5000, legal: 2000}}"}},
	} {
		parts, err := scenario.SplitVersions(test.list)
		require.NoError(t, err)
		require.Equal(t, test.parts, parts)
	}
	first, rest, err := scenario.SplitFirst("dn2 + steep tariffs + {contract cap=none}")
	require.NoError(t, err)
	require.Equal(t, "dn2", first)
	require.Equal(t, "steep tariffs + {contract cap=none}", rest)
}

func TestVersionsThatCannotBeReadSayHowToWriteThem(t *testing.T) {
	document := dn2(t)
	for text, wanted := range map[string]string{
		`medium + "flat tariffs`:   "a quotation mark is not closed",
		"medium + {contract cap=1": "a brace is not closed",
		"medium + contract cap=1}": "a closing brace has no opening one",
		"medium +  + flat tariffs": "there is nothing beside a plus sign",
	} {
		_, err := document.Version(text)
		require.ErrorIs(t, err, scenario.ErrLanguage, text)
		require.ErrorContains(t, err, wanted)
	}
	_, err := document.Version("medium + flat tarifs + referals down 20%")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	require.ErrorContains(t, err, `did you mean "flat tariffs"`)
	require.ErrorContains(t, err, `did you mean "referrals down 20%"`)
	_, err = document.Version("midium")
	require.ErrorContains(t, err, `did you mean "medium"`)
	_, err = document.Version("medium + {unit costs.residental=5}")
	require.NotEmpty(t, scenario.Faults(err))
}

func TestWithPutsMoreOnTop(t *testing.T) {
	document := dn2(t)
	medium, err := document.Version("medium + flat tariffs")
	require.NoError(t, err)
	before, err := json.Marshal(medium)
	require.NoError(t, err)
	more, err := medium.With("referrals down 20%", scenario.Set("contract cap", "none"))
	require.NoError(t, err)
	require.Equal(t, "medium + flat tariffs + referrals down 20% + {contract cap=none}", more.Name())
	same, err := document.Version(more.Name())
	require.NoError(t, err)
	require.Equal(t, same.Programme, more.Programme)
	require.Equal(t, same.Changes, more.Changes)
	after, err := json.Marshal(medium)
	require.NoError(t, err)
	require.JSONEq(t, string(before), string(after), "the version itself stays as it was")

	_, err = (&scenario.Version{Programme: &model.Programme{}}).With("flat tariffs")
	require.ErrorIs(t, err, scenario.ErrNoDocument)
}

// Names that would be read as something else are faults with their place, for
// cases and variants alike; any other name is read as that name.
func TestNamesThatAreAlsoSyntax(t *testing.T) {
	for name, problem := range map[string]string{
		"low + sure": "plus sign with spaces", "+ sure": "plus sign with spaces", "sure +": "plus sign with spaces",
		"base, revised": "a comma or a brace", "{contract cap=none}": "a comma or a brace", "a}": "a comma or a brace",
		`in "quotes"`: "quotation marks", " blanks ": "begin or end with a space",
	} {
		quoted := strconv.Quote(name)
		for _, text := range []string{
			strings.Replace(string(scenario.Template()), "\n  low:", "\n  "+quoted+":", 1),
			strings.Replace(string(scenario.Template()), "\nvariants:\n", "\nvariants:\n  "+quoted+": {edits: {unit costs.foster: 900}}\n", 1),
		} {
			_, err := scenario.Read("p.yaml", strings.NewReader(text))
			require.ErrorContains(t, err, problem, name)
			line := 1 + strings.Count(text[:strings.Index(text, quoted)], "\n")
			require.Equal(t, line, scenario.Faults(err)[0].Line, name)
		}
	}
	d := changed(t, "  5+ children (as bid) – 1/2 'more': {edits: {unit costs.foster: 900}}")
	v, err := d.Version("low + 5+ children (as bid) – 1/2 'more'")
	require.NoError(t, err)
	require.Equal(t, []scenario.Layer{{Kind: "variant", Name: "5+ children (as bid) – 1/2 'more'"}}, v.Layers)
	again, err := d.Version(v.Name())
	require.NoError(t, err)
	require.Equal(t, v.Layers, again.Layers)
}

// The name of a file may stand in quotation marks.
func TestFilesInQuotationMarks(t *testing.T) {
	for _, name := range []string{"plain", "base, revised.yaml", "a + b.yaml", "{braces}.yaml", "£5 + {x=1}"} {
		written := `"` + name + `"`
		list, err := scenario.SplitVersions("first," + written + ",last + x")
		require.NoError(t, err, name)
		require.Equal(t, []string{"first", written, "last + x"}, list)
		first, rest, err := scenario.SplitFirst(written + " + flat tariffs")
		require.NoError(t, err, name)
		require.Equal(t, name, first)
		require.Equal(t, "flat tariffs", rest)
	}
}

// A name in a path cannot have what edits are written with: "A+" with =5 after it
// would add 5 to A.
func TestNamesInPathsOfEdits(t *testing.T) {
	for name, problem := range map[string]string{
		"South+": "end in a plus sign", "South{dale}": "a brace", "South.dale": "full stop",
	} {
		text := strings.ReplaceAll(string(scenario.Template()), "Southdale", `"`+name+`"`)
		_, err := scenario.Read("p.yaml", strings.NewReader(text))
		require.ErrorContains(t, err, problem, name)
	}
	text := strings.ReplaceAll(string(scenario.Template()), "Southdale", `"South, East + Vale"`)
	d, err := scenario.Read("p.yaml", strings.NewReader(text))
	require.NoError(t, err, "a council may have a comma in its name")
	v, err := d.Version("low + {commissioners.Northmoor=50%} + {commissioners.South, East + Vale=50%}")
	require.NoError(t, err)
	require.InDelta(t, 0.5, v.Programme.Commissioners[1].ReferralShare, 1e-12)
	again, err := d.Version(v.Name())
	require.NoError(t, err)
	require.Equal(t, v.Layers, again.Layers)
}

// No text makes the reader of versions panic, and what it takes it takes again
// by name.
func TestVersionNeverPanics(t *testing.T) {
	d, err := scenario.Open("essex-mst")
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"base", "low", " + ", "{", "}", `"`, ",", "contract cap", "=", "none", "é", " "})).Draw(t, "parts")
		text := ""
		for _, p := range parts {
			text += p
		}
		v, err := d.Version(text)
		if err != nil {
			return
		}
		again, err := d.Version(v.Name())
		require.NoError(t, err)
		require.Equal(t, v.Layers, again.Layers)
	})
}
