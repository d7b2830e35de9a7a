package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// folder holds the command and the pages that it wrote.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "browser"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

var command = sync.OnceValues(func() (string, error) {
	path := filepath.Join(folder, "edgeofcare")
	build := exec.Command("go", "build", "-o", path, "./cmd/edgeofcare")
	build.Dir, build.Stderr = "..", os.Stderr
	return path, build.Run()
})

// written gives the address of the page of a programme, which the command writes once.
func written(t *testing.T, programme, name string, flags ...string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); err != nil {
		edgeofcare, err := command()
		require.NoError(t, err)
		out, err := exec.Command(edgeofcare, append([]string{"report", programme, "-n", "100", "-o", path}, flags...)...).CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	return "file://" + path
}

func dn2(t *testing.T) string { return written(t, "dn2", "dn2.html") }

// committee is the pages of a council in two cases.
func committee(t *testing.T) string {
	return written(t, "dn2", "committee.html", "--council", "Nottinghamshire", "--cases", "base,medium")
}

// seen is what a page did that nobody asked of it.
type seen struct {
	sync.Mutex
	faults, requests []string
}

// opened starts a browser, and notes each fault and request of what it opens.
func opened(t *testing.T, url string, before ...chromedp.Action) (context.Context, *seen) {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium on this machine (Debian's package chromium), so that no browser has opened the page")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WSURLReadTimeout(time.Minute))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(stop)
	noted := &seen{}
	chromedp.ListenTarget(ctx, noted.note)
	actions := append([]chromedp.Action{network.Enable(), chromedp.EmulateViewport(1280, 900)}, before...)
	require.NoError(t, chromedp.Run(ctx, append(actions, chromedp.Navigate(url))...))
	return ctx, noted
}

func (s *seen) note(event any) {
	s.Lock()
	defer s.Unlock()
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		s.faults = append(s.faults, event.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		s.faults = append(s.faults, "console: "+string(event.Type))
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(event.Request.URL, "data:") {
			s.requests = append(s.requests, event.Request.URL)
		}
	}
}

// quiet asks that the page had no fault, and asked for nothing but itself.
func (s *seen) quiet(t *testing.T, url string) {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	require.Empty(t, s.faults)
	require.Equal(t, []string{url}, s.requests)
}

func value[T any](t *testing.T, ctx context.Context, script string) (v T) {
	t.Helper()
	require.NoError(t, chromedp.Run(ctx, chromedp.Evaluate(script, &v)))
	return v
}

const payments = `figure[data-chart="payments"] `

func TestPageAsksNothingOfANetwork(t *testing.T) {
	ctx, noted := opened(t, dn2(t))
	require.NoError(t, chromedp.Run(ctx, chromedp.Sleep(300*time.Millisecond)))
	noted.quiet(t, dn2(t))
}

func TestPointerAndArrowKeysSayTheFigures(t *testing.T) {
	ctx, noted := opened(t, dn2(t))
	tip := func() string { return value[string](t, ctx, "document.querySelector('"+payments+".tip').textContent") }
	nth := func(i string) string {
		return value[string](t, ctx, "document.querySelectorAll('"+payments+"svg [data-tip]')["+i+"].dataset.tip")
	}
	require.Empty(t, tip())
	require.Contains(t, nth("2"), "Q1 2021/22: ")
	at := value[[]float64](t, ctx, `(() => {
		const mark = document.querySelectorAll('`+payments+`svg [data-tip]')[2];
		mark.scrollIntoView({block: "center"});
		const box = mark.getBoundingClientRect();
		return [box.x + box.width / 2, box.y + box.height / 2];
	})()`)
	require.NoError(t, chromedp.Run(ctx, chromedp.MouseEvent("mouseMoved", at[0], at[1])))
	require.Equal(t, nth("2"), tip(), "the pointer over the third quarter")

	require.NoError(t, chromedp.Run(ctx, chromedp.MouseEvent("mouseMoved", 1, 1), chromedp.Focus(payments+".drawing", chromedp.ByQuery)))
	for _, step := range []struct{ key, at string }{{kb.Home, "0"}, {kb.ArrowRight, "1"}, {kb.ArrowRight, "2"}, {kb.ArrowLeft, "1"}} {
		require.NoError(t, chromedp.Run(ctx, chromedp.KeyEvent(step.key)))
		require.Equal(t, nth(step.at), tip())
	}
	require.NoError(t, chromedp.Run(ctx, chromedp.KeyEvent(kb.Escape)))
	require.Empty(t, tip())
	noted.quiet(t, dn2(t))
}

// Every chart says its figures at its places, and a name that two plans share names the one
// that is left when the other is hidden.
func TestEveryChartSaysItsFigures(t *testing.T) {
	ctx, _ := opened(t, dn2(t))
	require.Empty(t, value[[]string](t, ctx, `[...document.querySelectorAll("figure.chart")].filter(f => !f.querySelector("svg [data-tip]")).map(f => f.dataset.chart)`))
	ctx, _ = opened(t, written(t, "staffordshire-ifss", "staffordshire.html"))
	joint := `document.querySelector('` + payments + `svg [data-joint="Plan 3\\a Plan 4"] text').textContent`
	require.Equal(t, "Plans 3 and 4", value[string](t, ctx, joint))
	require.NoError(t, chromedp.Run(ctx, chromedp.Click(payments+`button[data-series="Plan 3"]`, chromedp.ByQuery)))
	require.Equal(t, "Plan 4", value[string](t, ctx, joint))
	require.NoError(t, chromedp.Run(ctx, chromedp.Click(payments+`button[data-series="Plan 4"]`, chromedp.ByQuery)))
	require.Equal(t, "none", value[string](t, ctx, `getComputedStyle(document.querySelector('`+payments+`svg [data-joint="Plan 3\\a Plan 4"]')).display`))
	require.NoError(t, chromedp.Run(ctx, chromedp.Click(payments+`button[data-series="Plan 3"]`, chromedp.ByQuery), chromedp.Click(payments+`button[data-series="Plan 4"]`, chromedp.ByQuery)))
	require.Equal(t, "Plans 3 and 4", value[string](t, ctx, joint))
}

// A table that is wider than its box says so, and comes before the notes about it.
func TestWideTablesSayThatTheyScroll(t *testing.T) {
	ctx, _ := opened(t, dn2(t), chromedp.EmulateViewport(390, 844))
	require.NoError(t, chromedp.Run(ctx, chromedp.Sleep(200*time.Millisecond)))
	boxes := `[...document.querySelectorAll(".scroll")].filter(b => b.checkVisibility())`
	require.Empty(t, value[[]string](t, ctx, boxes+`.filter(b => (b.scrollWidth > b.clientWidth + 1) !== b.hasAttribute("data-wide")).map(b => b.getAttribute("aria-label"))`))
	require.Positive(t, value[int](t, ctx, boxes+`.filter(b => b.hasAttribute("data-wide")).length`))
	require.Less(t, value[float64](t, ctx, `document.querySelector("#members table").getBoundingClientRect().top`), 700.0, "on the first screen")
	ctx, _ = opened(t, dn2(t))
	require.NoError(t, chromedp.Run(ctx, chromedp.Sleep(200*time.Millisecond)))
	require.False(t, value[bool](t, ctx, `document.querySelector("#members .scroll").hasAttribute("data-wide")`))
}

// Two cases of a council take two sides of A4.
func TestCommitteePrintsOnTwoSides(t *testing.T) {
	ctx, _ := opened(t, committee(t))
	var printed []byte
	require.NoError(t, chromedp.Run(ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		printed, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	})))
	require.Len(t, regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed, -1), 2)
}

func TestLegendHidesASeries(t *testing.T) {
	ctx, _ := opened(t, dn2(t))
	shown := `[...document.querySelectorAll('` + payments + `svg [data-series="Plan 1"]')].filter(m => getComputedStyle(m).display !== "none").length`
	before := value[int](t, ctx, shown)
	require.Positive(t, before)
	key := payments + `button[data-series="Plan 1"]`
	require.NoError(t, chromedp.Run(ctx, chromedp.Focus(key, chromedp.ByQuery), chromedp.KeyEvent(" ")))
	require.Zero(t, value[int](t, ctx, shown), "by the space bar")
	require.Equal(t, "false", value[string](t, ctx, "document.activeElement.getAttribute('aria-pressed')"))
	require.NoError(t, chromedp.Run(ctx, chromedp.Click(key, chromedp.ByQuery)))
	require.Equal(t, before, value[int](t, ctx, shown), "and shown again by a click")
}

// TestTabReachesEverything presses Tab until the page has been gone round.
func TestTabReachesEverything(t *testing.T) {
	ctx, _ := opened(t, dn2(t))
	all := value[int](t, ctx, `window.want = [...document.querySelectorAll("a[href],button,summary,[tabindex='0']")].filter(e => e.checkVisibility()); window.got = new Set();
		document.addEventListener("focusin", e => got.add(e.target)); want.length`)
	require.Greater(t, all, 30)
	for range all + 5 {
		require.NoError(t, chromedp.Run(ctx, chromedp.KeyEvent(kb.Tab)))
	}
	require.Empty(t, value[[]string](t, ctx, "want.filter(e => !got.has(e)).map(e => e.outerHTML.slice(0, 90))"))
}

func TestWithoutScriptsChartsAndTablesRemain(t *testing.T) {
	ctx, noted := opened(t, dn2(t), emulation.SetScriptExecutionDisabled(true))
	require.Zero(t, value[int](t, ctx, `document.querySelectorAll(".keys").length`), "the script of the page did not run")
	require.Equal(t, value[int](t, ctx, `document.querySelectorAll("figure.chart").length`),
		value[int](t, ctx, `[...document.querySelectorAll("figure.chart svg")].filter(s => s.getBoundingClientRect().height > 100).length`))
	require.Positive(t, value[int](t, ctx, `[...document.querySelectorAll("main table")].filter(e => e.checkVisibility()).length`))
	noted.quiet(t, dn2(t))
}

func TestScriptInATitleDoesNothing(t *testing.T) {
	text, err := os.ReadFile("../scenario/library/dn2.yaml")
	require.NoError(t, err)
	title := regexp.MustCompile(`(?m)^title: .*$`)
	require.Len(t, title.FindAll(text, -1), 1)
	text = title.ReplaceAllLiteral(text, []byte(`title: '<script>window.ran = 1</script><img src=x onerror="window.ran = 2">'`))
	file := filepath.Join(folder, "hostile.yaml")
	require.NoError(t, os.WriteFile(file, text, 0o600))
	url := written(t, file, "hostile.html")
	ctx, noted := opened(t, url)
	require.Contains(t, value[string](t, ctx, `document.querySelector("h1").textContent`), "<script>window.ran = 1</script>")
	require.False(t, value[bool](t, ctx, `"ran" in window`))
	noted.quiet(t, url)
}

func TestNothingIsWiderThanTheWindow(t *testing.T) {
	for name, set := range map[string]struct {
		width int64
		text  string
	}{"1280": {1280, "100%"}, "390": {390, "100%"}, "1280, text at 200%": {1280, "200%"}, "390, text at 200%": {390, "200%"}} {
		t.Run(name, func(t *testing.T) {
			ctx, _ := opened(t, dn2(t), chromedp.EmulateViewport(set.width, 844))
			width := value[int64](t, ctx, `document.documentElement.style.fontSize = "`+set.text+`"; document.documentElement.scrollWidth`)
			require.LessOrEqual(t, width, set.width)
		})
	}
}

// What is closed is not seen, so that everything is open where the page is wide, and as it
// is given where it is narrow: thousands of cells take long.
func TestAxeFindsNoViolation(t *testing.T) {
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("there is no axe-core (npm ci in the folder browser), so that nothing has checked the page's accessibility")
	}
	for name, url := range map[string]func(*testing.T) string{"page": dn2, "committee": committee} {
		for width, open := range map[int64]bool{1280: true, 390: false} {
			t.Run(fmt.Sprintf("%s at %d", name, width), func(t *testing.T) {
				ctx, _ := opened(t, url(t), chromedp.EmulateViewport(width, 900))
				require.NoError(t, chromedp.Run(ctx, chromedp.Evaluate(fmt.Sprintf(`for (const d of document.querySelectorAll("details")) d.open = %t`, open), nil), chromedp.Evaluate(string(axe), nil)))
				var found []string
				require.NoError(t, chromedp.Run(ctx, chromedp.Evaluate(`axe.run({resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(", ")))`,
					&found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })))
				require.Empty(t, found)
			})
		}
	}
}

func TestScreenshots(t *testing.T) {
	to := os.Getenv("EDGEOFCARE_SCREENSHOTS")
	if to == "" {
		t.Skip("EDGEOFCARE_SCREENSHOTS names no folder for the pictures")
	}
	for name, width := range map[string]int64{"1280.png": 1280, "390.png": 390} {
		ctx, _ := opened(t, dn2(t), chromedp.EmulateViewport(width, 900))
		var first, whole []byte
		require.NoError(t, chromedp.Run(ctx, chromedp.CaptureScreenshot(&first), chromedp.FullScreenshot(&whole, 100)))
		require.NoError(t, os.WriteFile(filepath.Join(to, "first-"+name), first, 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(to, "whole-"+name), whole, 0o600))
	}
}
