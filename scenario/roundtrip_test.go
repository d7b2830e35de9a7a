package scenario_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every programme of the library, with every case, variant and stress, comes back
// from JSON as it went, and so does the template, which has every setting.
func TestProgrammesAsJSON(t *testing.T) {
	documents := map[string]*scenario.Document{"template": template(t)}
	for _, info := range scenario.List() {
		name := info.Name
		d, err := scenario.Open(name)
		require.NoError(t, err)
		documents[name] = d
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			versions := []string{""}
			for _, c := range d.Cases() {
				versions = append(versions, fmt.Sprintf("%q", c.Name))
			}
			for _, v := range append(d.Variants(), d.Stresses()...) {
				versions = append(versions, fmt.Sprintf("%q + %q", first(d), v.Name))
			}
			for _, version := range versions {
				v, err := d.Version(version)
				require.NoError(t, err)
				requireRoundTrip(t, v.Programme)
			}
		})
	}
}

func first(d *scenario.Document) string {
	if cases := d.Cases(); len(cases) > 0 {
		return cases[0].Name
	}
	return ""
}

func requireRoundTrip(t *testing.T, p *model.Programme) {
	t.Helper()
	if p.Conditioned != nil { // JSON says what inputs are held to, without the draws
		own, held := *p, *p.Conditioned
		held.Draws, own.Conditioned = nil, &held
		p = &own
	}
	text, err := json.Marshal(p)
	require.NoError(t, err)
	var back model.Programme
	require.NoError(t, json.Unmarshal(text, &back))
	requireSame(t, "programme", reflect.ValueOf(*p), reflect.ValueOf(back))
	require.Equal(t, p.Fingerprint(), back.Fingerprint())
	require.Equal(t, p.Rules(), back.Rules())
	require.NoError(t, back.Validate())
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(text), string(again))

	counts := contract.NewCounts[int64](p.Shape())
	for i := range counts.Weeks {
		counts.Weeks[i] = int64(i % 11)
	}
	for i := range counts.Units {
		counts.Units[i] = int64(i % 7)
	}
	counts.Rules = back.Rules()
	want, err := model.Price(p, counts, contract.Constant)
	require.NoError(t, err)
	got, err := model.Price(&back, counts, contract.Constant)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// requireSame is equality to the last field, exported or not: decimals by their
// value, so that 1e2 is 100, and a list that is not there as an empty one.
func requireSame(t *testing.T, path string, want, got reflect.Value) {
	t.Helper()
	require.Equal(t, want.Type(), got.Type(), path)
	if want.Type() == reflect.TypeFor[decimal.Decimal]() {
		a, b := want.Interface().(decimal.Decimal), got.Interface().(decimal.Decimal)
		require.True(t, a.Equal(b), "%s: %s and %s", path, a, b)
		return
	}
	switch want.Kind() {
	case reflect.Pointer, reflect.Interface:
		require.Equal(t, want.IsNil(), got.IsNil(), path)
		if !want.IsNil() {
			requireSame(t, path, want.Elem(), got.Elem())
		}
	case reflect.Struct:
		for i := range want.NumField() {
			requireSame(t, path+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i))
		}
	case reflect.Slice:
		require.Equal(t, want.Len(), got.Len(), path)
		for i := range want.Len() {
			requireSame(t, fmt.Sprintf("%s.%d", path, i), want.Index(i), got.Index(i))
		}
	case reflect.Map:
		require.Equal(t, want.Len(), got.Len(), path)
		for _, key := range want.MapKeys() {
			require.True(t, got.MapIndex(key).IsValid(), "%s.%v", path, key)
			requireSame(t, fmt.Sprintf("%s.%v", path, key), want.MapIndex(key), got.MapIndex(key))
		}
	default:
		require.True(t, want.Equal(got), "%s: %v and %v", path, want, got)
	}
}
