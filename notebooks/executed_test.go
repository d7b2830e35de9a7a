package notebooks

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// notebook is a notebook file, as far as it is checked here.
type notebook struct {
	Cells []struct {
		Kind     string   `json:"cell_type"`
		Source   lines    `json:"source"`
		Executed *int     `json:"execution_count"`
		Outputs  []output `json:"outputs"`
	} `json:"cells"`
}

type output struct {
	Kind string           `json:"output_type"`
	Name string           `json:"name"` // of a stream
	Text lines            `json:"text"`
	Data map[string]lines `json:"data"`
}

// lines is a text that a notebook writes as one string or as its lines.
type lines string

func (l *lines) UnmarshalJSON(b []byte) error {
	var parts []string
	if err := json.Unmarshal(b, &parts); err == nil {
		*l = lines(strings.Join(parts, ""))
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

// opened is a notebook: as committed, or as it was executed just now into the folder
// that the environment names.
func opened(t *testing.T, name string) notebook {
	t.Helper()
	folder := "."
	if executed := os.Getenv("EDGEOFCARE_NOTEBOOKS"); executed != "" {
		folder = executed
	}
	text, err := os.ReadFile(filepath.Join(folder, name+".ipynb"))
	require.NoError(t, err)
	var n notebook
	require.NoError(t, json.Unmarshal(text, &n))
	return n
}

// shown is all that a notebook shows of one kind, in order.
func (n notebook) shown(mime string) []string {
	var all []string
	for _, cell := range n.Cells {
		for _, o := range cell.Outputs {
			if text, has := o.Data[mime]; has {
				all = append(all, string(text))
			}
		}
	}
	return all
}

func TestEveryCellWasExecuted(t *testing.T) {
	for name, charts := range map[string]int{"commissioner": 2, "investor": 3, "evaluator": 3, "python": 0, "r": 1} {
		t.Run(name, func(t *testing.T) {
			n := opened(t, name)
			for _, cell := range n.Cells {
				if cell.Kind != "code" {
					continue
				}
				require.NotNil(t, cell.Executed, "not executed: %s", cell.Source)
				for _, o := range cell.Outputs {
					require.NotEqual(t, "error", o.Kind, "%s", cell.Source)
					require.NotEqual(t, "stderr", o.Name, "%s", o.Text)
				}
			}
			drawings := n.shown("image/png")
			require.Len(t, drawings, charts)
			for _, drawing := range drawings {
				content, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(drawing, "\n", ""))
				require.NoError(t, err)
				picture, err := png.Decode(bytes.NewReader(content))
				require.NoError(t, err)
				require.Greater(t, picture.Bounds().Dx(), 700)
			}
		})
	}
}

// result is what the command writes of one version.
type result struct {
	Totals []struct {
		Name    string
		Of      string
		Mean    float64
		Central float64
	}
	Probabilities []struct {
		Name        string
		Of          string
		Probability float64
	}
}

// command runs the command as the notebooks run the library.
func command(t *testing.T, cases string) (results []result, differences []result) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "compared.json")
	run := exec.Command("go", "run", "./cmd/edgeofcare", "compare", "dn2", "--cases", cases, "-n", "2000", "-o", file)
	run.Dir = ".."
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var compared struct{ Results, Differences []result }
	require.NoError(t, json.Unmarshal(text, &compared))
	return compared.Results, compared.Differences
}

// figure is a figure that the command writes: the mean of a measure, its central
// projection, or a probability.
func (r result) figure(t *testing.T, name, of string) float64 {
	t.Helper()
	name, central := strings.CutSuffix(name, ", central")
	for _, total := range r.Totals {
		if total.Name == name && total.Of == of {
			if central {
				return total.Central
			}
			return total.Mean
		}
	}
	for _, p := range r.Probabilities {
		if p.Name == name && p.Of == of {
			return p.Probability
		}
	}
	require.Fail(t, "the command writes no such figure", "%s of %q", name, of)
	return 0
}

var (
	rowOf   = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	cellOf  = regexp.MustCompile(`(?s)<td([^>]*)>(.*?)(?:</td>|$)`)
	valueOf = regexp.MustCompile(`data-value="([^"]*)"`)
)

// row is the figures, not rounded, of the first row of a table in HTML with a label.
func row(t *testing.T, table, label string) []float64 {
	t.Helper()
	for _, found := range rowOf.FindAllStringSubmatch(table, -1) {
		cells := cellOf.FindAllStringSubmatch(found[1], -1)
		if len(cells) == 0 || html.UnescapeString(cells[0][2]) != label {
			continue
		}
		var all []float64
		for _, cell := range cells[1:] {
			value := valueOf.FindStringSubmatch(cell[1])
			require.NotNil(t, value, "%s: %s", label, cell[0])
			v, err := strconv.ParseFloat(value[1], 64)
			require.NoError(t, err)
			all = append(all, v)
		}
		return all
	}
	require.Fail(t, "no such row", "%q in %s", label, table)
	return nil
}

// Rows of the first screen, of a council's page and of the page for investors, with what
// the command calls the same figure.
var (
	firstScreen = [][3]string{
		{"Paid in all", "outcome payments"},
		{"Gross avoided cost", "gross avoided cost"},
		{"of that, cash", "cashable saving"},
		{"Left after payments", "net public saving"},
		{"in cash alone", "cashable saving less all payments"},
		{"Chance of a public saving", "net public saving above zero"},
		{"Chance of a public cash saving", "cashable saving above all payments"},
		{"Modelled to Sep 2024", "outcome payments to date"},
	}
	derbysPage = [][3]string{
		{"Own payments", "outcome payments", "Derby"},
		{"Paid by Life Chances Fund", "outcome payments by other payers", "Derby"},
		{"Gross avoided cost", "gross avoided cost", "Derby"},
		{"Left after own payments", "net saving", "Derby"},
		{"in cash alone", "cashable saving less own payments", "Derby"},
		{"Chance of a saving, all care avoided", "net saving above zero", "Derby"},
		{"Chance of a saving in cash alone", "cashable saving above own payments", "Derby"},
	}
	investorsPage = [][3]string{
		{"Receipts, central", "receipts, central"},
		{"Cost of delivery (assumed), central", "cost of delivery, central"},
		{"Capital requirement, central", "capital requirement, central"},
		{"Drawn, mean", "drawn"},
		{"Shortfall beyond the facility, mean", "shortfall beyond the facility"},
		{"Probability that the facility is not enough, over chance and rates", "facility is not enough"},
		{"Probability of a loss, over chance and rates", "gets back less than was paid in", "consortium"},
	}
)

// The first replications, seed and cases of the notebooks are those of the command, so
// that every figure is the same to the last digit that JSON has.
func TestFiguresAreThoseOfTheCommand(t *testing.T) {
	cases, gain := command(t, "low,medium,high")
	counterfactuals, _ := command(t, "base,base + edge of care counterfactual as in START,base + edge of care counterfactual as in Essex")
	for _, page := range []struct {
		notebook string
		table    int
		rows     [][3]string
		results  []result
	}{
		{"commissioner", 0, firstScreen, cases},
		{"commissioner", 1, derbysPage, cases[1:2]},
		{"investor", 0, investorsPage, cases},
		{"evaluator", 0, firstScreen, counterfactuals},
	} {
		tables := opened(t, page.notebook).shown("text/html")
		require.Greater(t, len(tables), page.table, page.notebook)
		for _, r := range page.rows {
			figures := row(t, tables[page.table], r[0])
			require.Len(t, figures, len(page.results), r[0])
			for i, figure := range figures {
				require.InDelta(t, page.results[i].figure(t, r[1], r[2]), figure, 1e-6, "%s: %s", page.notebook, r[0])
			}
		}
	}

	// Python and R write pounds, from figures that CSV has to the sixth decimal.
	python := opened(t, "python").shown("text/html")
	require.Len(t, python, 2)
	for name, r := range map[string]result{"low": cases[0], "medium": cases[1], "high": cases[2], "high less low": gain[1]} {
		require.Contains(t, python[0], fmt.Sprintf("<td>%s<td>%s<td>", name, pounds(r.figure(t, "net public saving", ""))))
	}
	r := strings.Join(opened(t, "r").shown("text/plain"), "\n")
	for _, council := range []string{"Nottinghamshire", "Nottingham", "Derby"} {
		for _, measure := range []string{"net saving", "cashable saving less own payments"} {
			figure := cases[1].figure(t, measure, council)
			require.Regexp(t, fmt.Sprintf(`%s +%s +%.0f `, measure, council, math.RoundToEven(figure)), r)
		}
	}
}

// pounds is an amount as the notebook in Python writes it: -£611,023.
func pounds(v float64) string {
	digits := strconv.FormatFloat(math.Abs(math.RoundToEven(v)), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if v < 0 {
		return "-£" + digits
	}
	return "£" + digits
}
