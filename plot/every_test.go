package plot

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// subject is what a chart is drawn of: a case of a programme, and a short run.
type subject struct {
	document  *scenario.Document
	programme *model.Programme
	result    *montecarlo.Result
}

// errNoDriver says that a curve cannot be had, because no driver fits.
var errNoDriver = errors.New("no such driver")

// charts are all charts, by the function that draws them.
func charts() map[string]func(subject) (*Figure, error) {
	return map[string]func(subject) (*Figure, error){
		"Achievements":       ofResult(Achievements),
		"Payments":           ofResult(Payments),
		"CumulativePayments": ofResult(CumulativePayments),
		"NetSaving":          ofResult(NetSaving),
		"CapitalPosition":    ofResult(CapitalPosition),
		"CapitalRequirement": ofResult(CapitalRequirement),
		"Waterfall":          func(s subject) (*Figure, error) { return Waterfall(s.programme, s.result) },
		"Occupancy":          func(s subject) (*Figure, error) { return Occupancy(s.programme, "") },
		"Survival":           func(s subject) (*Figure, error) { return Survival(s.programme, "") },
		"Programmes":         func(s subject) (*Figure, error) { return Programmes(Entry{s.programme, s.result}) },
		"Returns":            func(s subject) (*Figure, error) { return Returns(s.programme, "", s.result) },
		"ShortfallCurve":     ofCurve(ShortfallCurve, sensitivity.DeliveryCost),
		"SavingCurve":        ofCurve(SavingCurve, sensitivity.ResidentialPrice),
		"DeadweightCurve":    ofCurve(DeadweightCurve, sensitivity.WithoutProgramme),
		"Stresses":           ofStresses,
		"Tornado":            ofInputs,
	}
}

func ofResult(draw func(*model.Programme, ...*montecarlo.Result) (*Figure, error)) func(subject) (*Figure, error) {
	return func(s subject) (*Figure, error) { return draw(s.programme, s.result) }
}

func ofCurve(draw func(*model.Programme, ...*sensitivity.Curved) (*Figure, error), name string) func(subject) (*Figure, error) {
	return func(s subject) (*Figure, error) {
		drivers := sensitivity.Drivers(s.document)
		i := slices.IndexFunc(drivers, func(d sensitivity.Driver) bool { return d.Name == name })
		if i < 0 {
			return nil, errNoDriver
		}
		c, err := sensitivity.Curve(context.Background(), s.document, drivers[i], drivers[i].Values(3), s.options())
		if err != nil {
			return nil, err
		}
		return draw(s.programme, c)
	}
}

func ofStresses(s subject) (*Figure, error) {
	if s.programme.Delivery == nil {
		return nil, finance.ErrNoDelivery
	}
	stresses, err := sensitivity.Stress(context.Background(), s.document, nil, s.options())
	if err != nil {
		return nil, err
	}
	return Stresses(s.programme, stresses)
}

func ofInputs(s subject) (*Figure, error) {
	inputs := sensitivity.Inputs(s.document)
	if !long() && s.programme.Delivery == nil {
		inputs = inputs[:min(4, len(inputs))]
	}
	t, err := sensitivity.Tornado(s.document, inputs, montecarlo.Measure{Name: montecarlo.NetPublic}, s.options())
	if err != nil {
		return nil, err
	}
	return Tornado(s.programme, t)
}

func (s subject) options() sensitivity.Options {
	return sensitivity.Options{Case: s.programme.Case, Run: montecarlo.Options{Seed: 1, Replications: 40}}
}

func long() bool { return os.Getenv("EDGEOFCARE_LONG") != "" }

// Every chart can be drawn of every case of every programme of the library, and
// no text touches another. In short it is the first case; EDGEOFCARE_LONG=1
// draws them all.
func TestEveryChartOfTheLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart of every programme")
	}
	for _, name := range scenario.Names() {
		document, err := scenario.Open(name)
		require.NoError(t, err)
		for i, one := range document.Cases() {
			if i > 0 && !long() {
				break
			}
			p := programme(t, name, one.Name)
			s := subject{document, p, run(t, p, 60)}
			for kind, draw := range charts() {
				t.Run(name+" "+one.Name+" "+kind, func(t *testing.T) {
					f, err := draw(s)
					if errors.Is(err, errNoDriver) || p.Delivery == nil && errors.Is(err, finance.ErrNoDelivery) {
						return
					}
					drawn(t, name+"-"+one.Name+"-"+kind, f, err)
					require.NotEmpty(t, f.Rows)
					require.NotEmpty(t, f.Summary)
					require.NoError(t, f.Write(io.Discard, CSV))
				})
			}
		}
	}
}

// No chart of the package is left out above.
func TestEveryChartIsDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart of every programme")
	}
	there := charts()
	for _, name := range chartFunctions(t) {
		assert.NotNil(t, there[name], "%s: add it to charts", name)
	}
}

// chartFunctions are the exported functions that return a figure.
func chartFunctions(t *testing.T) []string {
	t.Helper()
	files := token.NewFileSet()
	var names []string
	sources, err := fs.Glob(os.DirFS("."), "*.go")
	require.NoError(t, err)
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, source, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() && returnsFigure(f) {
				names = append(names, f.Name.Name)
			}
		}
	}
	require.Contains(t, names, "Waterfall")
	return names
}

func returnsFigure(f *ast.FuncDecl) bool {
	if f.Type.Results == nil || len(f.Type.Results.List) == 0 {
		return false
	}
	pointer, ok := f.Type.Results.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	name, ok := pointer.X.(*ast.Ident)
	return ok && name.Name == "Figure"
}
