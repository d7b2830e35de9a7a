package montecarlo

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Nothing that a caller can leave out or get wrong is more than an error that says
// what to do.
func TestWrongCallsAreErrors(t *testing.T) {
	good, ctx := asVersion(programmes.Lively()), context.Background()
	two := Options{Replications: 2, TotalsOnly: true, Keep: true}
	result, err := Run(ctx, good, two)
	require.NoError(t, err)
	two.Keep = false
	other, err := Run(ctx, asVersion(funded()), two)
	require.NoError(t, err)
	text, err := json.Marshal(result)
	require.NoError(t, err)
	var readBack Result
	require.NoError(t, json.Unmarshal(text, &readBack))
	part, err := RunShard(ctx, good, two, Shard{1, 1})
	require.NoError(t, err)
	file := written(t, part)
	var none context.Context
	many := make([]float64, 5000)
	for i := range many {
		many[i] = float64(i+1) / 5001
	}
	run := func(v *scenario.Version, o Options) func() error {
		return func() error { _, err := Run(ctx, v, o); return err }
	}
	for name, c := range map[string]struct {
		call func() error
		says string
	}{
		"run without a context":       {func() error { _, err := Run(none, good, two); return err }, "context.Background()"},
		"shard without a context":     {func() error { _, err := RunShard(none, good, two, Shard{1, 1}); return err }, "context.Background()"},
		"compare without a context":   {func() error { _, err := Compare(none, []*scenario.Version{good}, "", two); return err }, "context.Background()"},
		"reprice without a context":   {func() error { _, err := result.Reprice(none, good); return err }, "context.Background()"},
		"no version":                  {run(nil, two), "Document.Version"},
		"a zero version":              {run(&scenario.Version{}, two), "Document.Version"},
		"a zero programme":            {run(asVersion(&model.Programme{}), two), "short name"},
		"shard of a zero version":     {func() error { _, err := RunShard(ctx, &scenario.Version{}, two, Shard{1, 1}); return err }, "Document.Version"},
		"shard 0/0":                   {func() error { _, err := RunShard(ctx, good, two, Shard{}); return err }, "shards"},
		"compare nothing":             {func() error { _, err := Compare(ctx, nil, "", two); return err }, "no version"},
		"compare a missing version":   {func() error { _, err := Compare(ctx, []*scenario.Version{good, nil}, "", two); return err }, "version 2 is missing"},
		"compare a zero version":      {func() error { _, err := Compare(ctx, []*scenario.Version{{}}, "", two); return err }, "Document.Version"},
		"compare a missing result":    {func() error { _, err := CompareResults([]*Result{result, nil}, ""); return err }, "result 2 is missing"},
		"compare zero results":        {func() error { _, err := CompareResults([]*Result{{}, {}}, ""); return err }, "result 1 is missing"},
		"compare another programme's": {func() error { _, err := CompareResults([]*Result{result, other}, ""); return err }, "twice"},
		"compare one read back":       {func() error { _, err := CompareResults([]*Result{result, &readBack}, ""); return err }, "twice"},
		"reprice a zero result":       {func() error { _, err := new(Result).Reprice(ctx, good); return err }, "did not keep"},
		"reprice no result":           {func() error { _, err := (*Result)(nil).Reprice(ctx, good); return err }, "did not keep"},
		"reprice one read back":       {func() error { _, err := readBack.Reprice(ctx, good); return err }, "did not keep"},
		"reprice for no version":      {func() error { _, err := result.Reprice(ctx, nil); return err }, "Document.Version"},
		"reprice for a zero version":  {func() error { _, err := result.Reprice(ctx, &scenario.Version{}); return err }, "Document.Version"},
		"reprice for another":         {func() error { _, err := result.Reprice(ctx, asVersion(programmes.DN2(t, "low"))); return err }, "other rules"},
		"no projection":               {func() error { _, err := Central(nil, contract.Constant); return err }, "Document.Version"},
		"projection of prices 7":      {func() error { _, err := Central(good, 7); return err }, "kind of prices"},
		"explain no projection":       {func() error { _, err := (*Projection)(nil).Explain(Payments); return err }, "Central"},
		"explain a zero projection":   {func() error { _, err := new(Projection).Explain(Payments, "Derby"); return err }, "Central"},
		"an unknown measure":          {func() error { _, err := MeasureOf("\x00"); return err }, "measure"},
		"merge nothing":               {func() error { _, err := MergeFrom(good); return err }, "no part"},
		"merge a missing file":        {func() error { _, err := MergeFrom(good, nil); return err }, "part 1"},
		"merge for no version":        {func() error { _, err := MergeFrom(nil, bytes.NewReader(file)); return err }, "Document.Version"},
		"merge for a zero version":    {func() error { _, err := MergeFrom(&scenario.Version{}, bytes.NewReader(file)); return err }, "Document.Version"},
		"write no part":               {func() error { _, err := (*Part)(nil).WriteTo(io.Discard); return err }, "RunShard"},
		"write a zero part":           {func() error { _, err := new(Part).WriteTo(io.Discard); return err }, "shard"},
		"write to nothing":            {func() error { _, err := part.WriteTo(nil); return err }, "writer"},
		"negative replications":       {run(good, Options{Replications: -1}), "replications"},
		"as many as can be counted":   {run(good, Options{Replications: math.MaxInt}), "replications"},
		"negative workers":            {run(good, Options{Replications: 1, Workers: math.MinInt}), "workers"},
		"a negative limit":            {run(good, Options{Replications: 1, MemoryLimit: math.MinInt64}), "memory limit"},
		"an engine that is not":       {run(good, Options{Replications: 1, Engine: -1}), "engine"},
		"prices that are not":         {run(good, Options{Replications: 1, Prices: -1}), "kind of prices"},
		"a quantile that is none":     {run(good, Options{Replications: 1, Quantiles: []float64{math.NaN(), math.Inf(1), -1, 0, 1}}), "quantile NaN"},
		"thousands of quantiles":      {run(good, Options{Replications: 1, Quantiles: many}), "at most"},
	} {
		endsSoon(t, name, func() {
			err := c.call()
			require.Error(t, err, name)
			require.ErrorContains(t, err, c.says, name)
		})
	}
}

// What has no error to give gives nothing.
func TestNothingOfNothing(t *testing.T) {
	for _, r := range []*Result{nil, {}} {
		require.Nil(t, r.Values(Payments))
		require.Nil(t, r.Paths(Payments, "", "", "", ""))
	}
	require.False(t, Key{}.NeedsDelivery())
	require.False(t, Key{Name: "nothing"}.NeedsDelivery())
	require.True(t, Key{Name: Surplus}.NeedsDelivery())
	_, ok := List[Summary](nil).Of("", "", "", "", "")
	require.False(t, ok)
}

// More workers than there is work for are not started.
func TestWorkersBeyondTheWork(t *testing.T) {
	o := Options{Replications: 20, TotalsOnly: true, Workers: math.MaxInt}
	r, err := Run(context.Background(), asVersion(programmes.Lively()), o)
	require.NoError(t, err)
	require.Equal(t, 20, r.Conventions.Replications)
	_, err = Compare(context.Background(), []*scenario.Version{asVersion(programmes.Lively())}, "", o)
	require.NoError(t, err)
}

// A panic of the caller's own function comes back to the caller once every worker
// has stopped.
func TestPanicInProgress(t *testing.T) {
	v := asVersion(programmes.Lively())
	progress := func(int, int) { panic("mine") }
	for name, call := range map[string]func(Options){
		"run":     func(o Options) { _, _ = Run(context.Background(), v, o) },
		"shard":   func(o Options) { _, _ = RunShard(context.Background(), v, o, Shard{1, 2}) },
		"compare": func(o Options) { _, _ = Compare(context.Background(), []*scenario.Version{v}, "", o) },
	} {
		before := runtime.NumGoroutine()
		require.PanicsWithValue(t, "mine", func() {
			call(Options{Replications: 400, TotalsOnly: true, Workers: 8, Progress: progress})
		}, name)
		for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
			time.Sleep(time.Millisecond) // the last of them are on their way out
		}
		require.LessOrEqual(t, runtime.NumGoroutine(), before, "%s: goroutines are left", name)
	}
}

// Changing a result changes neither its programme nor another result, and changing
// the programme or the options afterwards does not change a result.
func TestResultsShareNothing(t *testing.T) {
	ctx, quantiles := context.Background(), []float64{0.1, 0.5, 0.9}
	for name, p := range map[string]*model.Programme{"lively": programmes.Lively(), "with every term": withEveryTerm()} {
		v := asVersion(p)
		o := Options{Replications: 5, Quantiles: quantiles, Keep: true}
		said := func(x any) string {
			text, err := json.Marshal(x)
			require.NoError(t, err)
			return string(text)
		}
		all := func() []any {
			result, err := Run(ctx, v, o)
			require.NoError(t, err)
			again, err := result.Reprice(ctx, v)
			require.NoError(t, err)
			projection, err := Central(v, contract.Constant)
			require.NoError(t, err)
			explained, err := projection.Explain(NetSaving)
			require.NoError(t, err)
			whole := o
			whole.Keep = false
			part, err := RunShard(ctx, v, whole, Shard{1, 1})
			require.NoError(t, err)
			return []any{result, again, projection, explained, part, Measures()}
		}
		first, programme := all(), said(p)
		firstSaid := said(first)
		for i, x := range all() {
			scramble(reflect.ValueOf(x), map[uintptr]bool{})
			require.NotEqual(t, said(first[i]), said(x), "%s: scrambling does something", name)
			require.Equal(t, programme, said(p), "%s: %T is part of the programme", name, x)
			require.Equal(t, firstSaid, said(first), "%s: %T is part of another", name, x)
		}
		changed := copies.Deep(p)
		scramble(reflect.ValueOf(p), map[uintptr]bool{})
		clear(quantiles)
		require.NotEqual(t, programme, said(p))
		require.Equal(t, firstSaid, said(first), "%s: results are part of the programme", name)
		*p = *changed
		quantiles = []float64{0.1, 0.5, 0.9}
	}
}

// scramble changes all that can be reached in a value through what it shares.
func scramble(v reflect.Value, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || v.Kind() == reflect.Pointer && seen[v.Pointer()] {
			return
		}
		if v.Kind() == reflect.Pointer {
			seen[v.Pointer()] = true
		}
		scramble(v.Elem(), seen)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			scramble(v.Index(i), seen)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			scramble(v.MapIndex(key), seen)
			v.SetMapIndex(key, reflect.Zero(v.Type().Elem()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scramble(v.Field(i), seen)
			}
		}
	case reflect.String:
		if v.CanSet() && v.String() != "" {
			v.SetString("scrambled")
		}
	case reflect.Int, reflect.Int64:
		if v.CanSet() && v.Type() == reflect.TypeFor[int]() || v.CanSet() && v.Type() == reflect.TypeFor[int64]() {
			v.SetInt(12345)
		}
	case reflect.Float64:
		if v.CanSet() {
			v.SetFloat(-98765.5)
		}
	}
}
