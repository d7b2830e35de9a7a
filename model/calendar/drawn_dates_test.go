package calendar_test

import (
	"encoding"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// anyDate draws a date from everywhere in the calendar.
var anyDate = rapid.Custom(func(t *rapid.T) calendar.Date {
	return calendar.NewDate(1, 1, rapid.IntRange(1, 3652059).Draw(t, "day"))
})

// likelyDate draws a date from the years in which programmes run.
var likelyDate = rapid.Custom(func(t *rapid.T) calendar.Date {
	return calendar.NewDate(1990, 1, rapid.IntRange(1, 60*365).Draw(t, "day"))
})

var anyQuarter = rapid.Custom(func(t *rapid.T) calendar.Quarter {
	return calendar.NewQuarter(rapid.IntRange(1, 9999).Draw(t, "year"), rapid.IntRange(1, 4).Draw(t, "number"))
})

var anyWeeks = rapid.Custom(func(t *rapid.T) calendar.Weeks {
	return calendar.Weeks{Start: likelyDate.Draw(t, "start"), Count: rapid.IntRange(1, 700).Draw(t, "count")}
})

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func quarter(t testing.TB, s string) calendar.Quarter {
	t.Helper()
	q, err := calendar.ParseQuarter(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// checkText fails unless v marshals to want and the text unmarshals to v again,
// by itself, as a JSON value and as a JSON object key.
func checkText[V comparable, P interface {
	*V
	encoding.TextUnmarshaler
}](t interface {
	Helper()
	Fatalf(format string, args ...any)
}, v V, want string,
) {
	t.Helper()
	text, err := any(v).(encoding.TextMarshaler).MarshalText()
	if err != nil || string(text) != want {
		t.Fatalf("MarshalText of %v = %q, %v; want %q", v, text, err, want)
	}
	var back V
	if err := P(&back).UnmarshalText(text); err != nil || back != v {
		t.Fatalf("UnmarshalText(%q) = %v, %v; want %v", text, back, err, v)
	}
	type document struct {
		Value V
		Keys  map[V]int
	}
	data, err := json.Marshal(document{v, map[V]int{v: 1}})
	if err != nil {
		t.Fatalf("marshalling %v as JSON: %v", v, err)
	}
	if wantJSON := `{"Value":"` + want + `","Keys":{"` + want + `":1}}`; string(data) != wantJSON {
		t.Fatalf("JSON of %v = %s; want %s", v, data, wantJSON)
	}
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil || doc.Value != v || doc.Keys[v] != 1 {
		t.Fatalf("JSON %s came back as %v, %v", data, doc, err)
	}
}

// checkRefused fails unless err begins with what was given, in quotes, and
// holds each of the wanted pieces.
func checkRefused(t *testing.T, err error, given string, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("%q: no error", given)
	}
	if beginning := strconv.Quote(given[:min(40, len(given))]); !strings.HasPrefix(err.Error(), beginning) {
		t.Errorf("%q: error %q does not begin with %s", given, err, beginning)
	}
	for _, piece := range want {
		if !strings.Contains(err.Error(), piece) {
			t.Errorf("%q: error %q does not say %q", given, err, piece)
		}
	}
}
