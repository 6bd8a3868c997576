/* loadgen.c - load generator for MCP over HTTP: one thread, epoll, keep-alive HTTP/1.1.

   loadgen rpc  -c CONNS -d SECONDS URL             closed loop: each connection sends, waits, sends again
   loadgen rate -c CONNS -r PER_SECOND -d SECONDS URL   open loop; latency counts from the moment a request was
                                                    due, so a stall is charged to every request it delayed
   loadgen sse  -n SESSIONS -r PER_SECOND -d SECONDS URL   legacy SSE: opens the streams, POSTs to the endpoint each
                                                    one names, waits for the answers on the streams (open loop)
   loadgen hold -n SESSIONS -d SECONDS URL          opens idle streams and holds them

   --method tools/list asks for that instead of calling a tool. --announce says with `sse`, too, when the sessions are up.

   An answer counts only if it is one valid JSON-RPC 2.0 message with the id that was asked for and a result.
   Prints one JSON object with --json, else a short text. Exit status 0 only without errors. */
#define _GNU_SOURCE
#include "http.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { M_RPC, M_RATE, M_SSE, M_HOLD };
enum { K_RPC, K_STREAM, K_POST };
enum { CLOSED, CONNECTING, READY, BUSY, UP };           /* UP: a stream that is established */
enum { J_INIT, J_INITED, J_CALL };
#define FIRST_ID 1000000000ll

typedef struct {
    int fd, index, kind, state, step, want_out;
    http_reader h;
    buf out, data;                                       /* data: of the event being read */
    char extra[256];                                     /* session headers learnt at initialize */
    int64_t id;                                          /* the request in flight */
    uint64_t due, sent, opened;
    int job_kind, session;                               /* K_POST */
    char event[16], *endpoint;                           /* K_STREAM */
} conn;

typedef struct { int session, kind; int64_t k; } job;

static int mode, n_conns = 32, n_sessions, n_posts = 32, with_init, bare, announce, as_json, total_conns;
static double seconds = 5, warmup = 1, per_second = 1000, timeout_s = 10;
static char host[128], *path, *call_body, *protocol = "2025-06-18", *expect, *extra_headers;
static size_t call_len, call_id_at;
static struct sockaddr_in address;
static char **heads;
static int n_tokens;
static int ep, phase_no, finished;
static conn *conns;
static uint64_t t_begin, t_measure, t_end, t_ready, t_scan, t_setup, next_seq, n_calls, ok_count, sent_count, reconnects, pings;
static uint64_t errors[E_COUNT], status_count[600];
static hist latency, setup_time, send_delay;
static char sample[256];
static int up_count, failed_count, opened_count, lost_streams, outstanding;
static uint64_t answered;
static uint8_t *call_state;
static job *queue;
static size_t q_head, q_tail, q_cap;

static void on_ready(conn *c);
static void conn_open(conn *c);

static void fail(int kind, const char *s, size_t n) {
    errors[kind]++;
    if (*sample) return;
    int k = snprintf(sample, sizeof sample, "%s: ", error_names[kind]);
    for (size_t i = 0; i < n && k < (int)sizeof sample - 1; i++)
        sample[k++] = s[i] >= ' ' && s[i] < 127 && s[i] != '"' && s[i] != '\\' ? s[i] : '.';
}

/* ---- connections ---- */
static void conn_close(conn *c) {
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
    c->state = CLOSED;
    http_reset(&c->h);
    c->out.pos = c->out.len = c->data.len = 0;
    c->want_out = 0;
}

/* The connection is gone. `kind` is the error to count, -1 if it is counted already. */
static void conn_lost(conn *c, int kind) {
    int was = c->state;
    if (was == CONNECTING && kind != E_TIMEOUT) kind = E_CONNECT;
    if (c->kind == K_STREAM) *(was == UP ? &lost_streams : &failed_count) += 1;
    if (c->kind == K_STREAM && was == UP) up_count--;
    if (was == READY) reconnects++; /* closed between two requests: no error */
    else if (kind >= 0) fail(kind, strerror(errno), was == CONNECTING ? strlen(strerror(errno)) : 0);
    if (c->kind == K_RPC && was == BUSY && c->step == 2) outstanding--;
    conn_close(c); /* reopened by the next scan, not at once: no busy loop on a dead port */
}

static void conn_flush(conn *c) {
    while (c->out.pos < c->out.len) {
        ssize_t n = write(c->fd, c->out.p + c->out.pos, c->out.len - c->out.pos);
        if (n > 0) c->out.pos += (size_t)n;
        else if (n < 0 && errno == EINTR) continue;
        else break; /* EAGAIN waits for EPOLLOUT; an error shows up as a readable event */
    }
    int want = c->out.pos < c->out.len;
    if (want != c->want_out) {
        struct epoll_event e = {.events = EPOLLIN | (want ? EPOLLOUT : 0), .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
        c->want_out = want;
    }
}

static void conn_open(conn *c) {
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("no more descriptors");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->state = CONNECTING;
    c->step = with_init ? 0 : 2;
    c->extra[0] = 0;
    c->opened = now_ns();
    c->want_out = 1;
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) conn_lost(c, E_CONNECT);
}

static void request(conn *c, const char *target, int token, const char *body, size_t n) {
    char line[64];
    buf *o = &c->out;
    buf_str(o, body ? "POST " : "GET ");
    buf_str(o, target);
    buf_str(o, " HTTP/1.1\r\n");
    buf_str(o, heads[token % n_tokens]);
    buf_str(o, c->extra);
    if (body) {
        int k = snprintf(line, sizeof line, "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n", n);
        buf_add(o, line, (size_t)k);
        buf_add(o, body, n);
    } else buf_str(o, "Accept: text/event-stream\r\n\r\n");
    c->state = BUSY;
    c->sent = now_ns();
    conn_flush(c);
}

static const char *init_body(int step) {
    static char b[256];
    if (step == 1) return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    snprintf(b, sizeof b, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\","
                          "\"capabilities\":{},\"clientInfo\":{\"name\":\"loadgen\",\"version\":\"1\"}}}", INIT_ID, protocol);
    return b;
}

static const char *body_for(int64_t id) { /* the ids have ten digits, so the length never changes */
    for (int i = 9; i >= 0; i--, id /= 10) call_body[call_id_at + (size_t)i] = (char)('0' + id % 10);
    return call_body;
}

static void send_call(conn *c, uint64_t seq, uint64_t due) {
    c->id = FIRST_ID + (int64_t)seq;
    c->due = due;
    sent_count++;
    outstanding++;
    request(c, path, with_init ? c->index : (int)(seq % (uint64_t)n_tokens), body_for(c->id), call_len);
    if (mode == M_RATE) hist_add(&send_delay, c->sent - due);
}

/* ---- judging answers ---- */
/* The body of a POST answer: plain JSON, or an event stream that carries it. */
static int check_body(conn *c, int64_t want) {
    const char *s = c->h.body.p, *e = s + c->h.body.len;
    int64_t id = -1;
    int result = E_BODY;
    if (c->h.status != 200) return E_STATUS;
    if (!c->h.event_stream) result = check_answer(s, c->h.body.len, expect, &id);
    else
        for (const char *eol; s < e; s = eol + 1) {
            if (!(eol = memchr(s, '\n', (size_t)(e - s)))) eol = e;
            const char *end = eol > s && eol[-1] == '\r' ? eol - 1 : eol;
            if (end - s > 5 && !memcmp(s, "data:", 5) && (result = check_answer(s + 5, (size_t)(end - s - 5), expect, &id)) != -1) break;
        }
    return result ? (result < 0 ? E_BODY : result) : id == want ? 0 : E_ID;
}

static void count_call(uint64_t due, uint64_t now) {
    if (due >= t_measure && (mode != M_RPC || now <= t_end)) {
        hist_add(&latency, now - due);
        ok_count++;
    }
}

/* ---- sse: jobs for the POST connections ---- */
static void add_job(int session, int kind, int64_t k) {
    if (q_tail == q_cap) {
        if (q_head > q_cap / 2) {
            memmove(queue, queue + q_head, (q_tail - q_head) * sizeof *queue);
            q_tail -= q_head;
            q_head = 0;
        } else queue = realloc(queue, (q_cap = q_cap ? q_cap * 2 : 1024) * sizeof *queue);
    }
    queue[q_tail++] = (job){session, kind, k};
}

static void run_jobs(void) {
    static int turn;
    for (int tried = 0; q_head < q_tail && tried < n_posts; tried++) {
        conn *c = &conns[n_sessions + turn++ % n_posts];
        if (c->state != READY) continue;
        tried = -1;
        job j = queue[q_head++];
        conn *s = &conns[j.session];
        if (!s->endpoint || s->state == CLOSED) { /* its stream is gone: the message counts as lost */
            if (j.kind == J_CALL) sent_count++;
            continue;
        }
        c->job_kind = j.kind;
        c->session = j.session;
        const char *b = j.kind == J_CALL ? body_for(FIRST_ID + j.k) : init_body(j.kind == J_INIT ? 0 : 1);
        request(c, s->endpoint, j.session, b, j.kind == J_CALL ? call_len : strlen(b));
        if (j.kind == J_CALL) {
            sent_count++;
            hist_add(&send_delay, c->sent - (t_begin + (uint64_t)((double)j.k * SEC / per_second)));
        }
    }
}

static void session_up(conn *c) {
    if (c->state == UP) return;
    c->state = UP;
    up_count++;
    hist_add(&setup_time, now_ns() - c->opened);
}

static void on_stream_event(conn *c, const char *data, size_t n) {
    if (!c->endpoint) {
        if (strcmp(c->event, "endpoint") || n > 1024) return fail(E_SESSION, data, n);
        const char *p = n > 7 && !memcmp(data, "http://", 7) ? memchr(data + 7, '/', n - 7) : data;
        if (!p) return fail(E_SESSION, data, n);
        size_t dir = *p == '/' ? 0 : (size_t)(strrchr(path, '/') - path) + 1;
        c->endpoint = calloc(1, dir + n + 1);
        memcpy(c->endpoint, path, dir);
        memcpy(c->endpoint + dir, p, n - (size_t)(p - data));
        if (with_init) add_job(c->index, J_INIT, 0);
        else session_up(c);
        return;
    }
    if (*c->event && strcmp(c->event, "message")) return;
    int64_t id = -1;
    int r = check_answer(data, n, expect, &id);
    if (r < 0) return;
    if (with_init && id == INIT_ID && c->state != UP) return r ? fail(r, data, n) : add_job(c->index, J_INITED, 0);
    int64_t k = id - FIRST_ID;
    if (id < FIRST_ID || k >= (int64_t)next_seq) return fail(r ? r : E_ID, data, n);
    if (call_state[k] || (int)(k % n_sessions) != c->index) return fail(E_SESSION, data, n);
    call_state[k] = 1;
    answered++;
    if (r) return fail(r, data, n);
    count_call(t_begin + (uint64_t)((double)k * SEC / per_second), now_ns());
}

/* Takes the complete lines out of the body so far; an empty line ends an event. */
static void on_stream_data(conn *c) {
    buf *b = &c->h.body;
    for (char *eol; b->pos < b->len && (eol = memchr(b->p + b->pos, '\n', b->len - b->pos));) {
        char *s = b->p + b->pos;
        size_t n = (size_t)(eol - s);
        b->pos += n + 1;
        if (n && s[n - 1] == '\r') n--;
        if (!n) {
            if (c->data.len) on_stream_event(c, c->data.p, c->data.len);
            c->data.len = 0;
            c->event[0] = 0;
        } else if (n > 6 && !memcmp(s, "data: ", 6)) buf_add(&c->data, s + 6, n - 6);
        else if (n > 5 && !memcmp(s, "data:", 5)) buf_add(&c->data, s + 5, n - 5);
        else if (n > 6 && !memcmp(s, "event:", 6)) snprintf(c->event, sizeof c->event, "%.*s", (int)n - 6 - (s[6] == ' '), s + 6 + (s[6] == ' '));
        else if (*s == ':') pings++;
    }
}

/* ---- events ---- */
static void on_response(conn *c) {
    uint64_t now = now_ns();
    int r = 0;
    status_count[c->h.status]++;
    if (c->kind == K_STREAM) { /* a response with an end is not an event stream */
        fail(c->h.status == 200 ? E_CLOSED : E_STATUS, c->h.body.p, c->h.body.len);
        return conn_lost(c, -1);
    }
    if (c->kind == K_POST) {
        if (c->h.status < 200 || c->h.status > 299) fail(E_STATUS, c->h.body.p, c->h.body.len);
        else if (c->job_kind == J_INITED && conns[c->session].state == BUSY) session_up(&conns[c->session]);
    } else if (c->step == 2) {
        outstanding--;
        if ((r = check_body(c, c->id))) fail(r, c->h.body.p, c->h.body.len);
        else count_call(c->due, now);
    } else if (c->step == 1 ? c->h.status / 100 != 2 : (r = check_body(c, INIT_ID)) != 0) {
        fail(c->step ? E_STATUS : r, c->h.body.p, c->h.body.len);
        conn_close(c);
        return;
    } else if (c->step++ == 0 && *c->h.session_id)
        snprintf(c->extra, sizeof c->extra, "Mcp-Session-Id: %s\r\nMCP-Protocol-Version: %s\r\n", c->h.session_id, protocol);
    if (c->h.close_after) {
        reconnects++;
        conn_close(c);
        conn_open(c);
        return;
    }
    c->state = READY;
    on_ready(c);
}

static void on_ready(conn *c) {
    if (c->kind == K_STREAM) request(c, path, c->index, NULL, 0);
    else if (c->kind == K_POST) run_jobs();
    else if (c->step < 2) {
        const char *b = init_body(c->step);
        request(c, path, c->index, b, strlen(b));
    } else if (mode == M_RPC && t_begin && !finished) send_call(c, next_seq++, now_ns());
}

static void on_event(conn *c, uint32_t events) {
    if (c->fd < 0) return;
    if (c->state == CONNECTING) {
        int err = 0;
        socklen_t len = sizeof err;
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &len);
        errno = err;
        if (err || (events & EPOLLERR)) return conn_lost(c, E_CONNECT);
        if (!(events & EPOLLOUT)) return;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
        c->want_out = 0;
        c->state = READY;
        return on_ready(c);
    }
    if (events & EPOLLOUT) conn_flush(c);
    if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR))) return;
    buf_room(&c->h.in, c->kind == K_STREAM ? 4096 : 32768);
    ssize_t n = read(c->fd, c->h.in.p + c->h.in.len, c->h.in.cap - c->h.in.len);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
        if (n == 0 && c->h.phase == P_EOF && c->kind != K_STREAM && c->state == BUSY) {
            c->h.close_after = 1;
            return on_response(c);
        }
        return conn_lost(c, E_CLOSED);
    }
    c->h.in.len += (size_t)n;
    int fd = c->fd, done = http_feed(&c->h);
    if (done < 0) return fail(E_BODY, c->h.in.p, c->h.in.len), conn_lost(c, -1);
    if (c->kind == K_STREAM && !done && c->h.phase != P_HEAD && c->h.status == 200 && c->h.event_stream) {
        if (bare) session_up(c);
        on_stream_data(c);
    }
    if (done && c->fd == fd) on_response(c);
}

/* ---- the clock: what is due now; returns when it wants to be called again ---- */
static uint64_t at(double s) { return (uint64_t)(s * (double)SEC); }

static void scan(uint64_t now) {
    for (int i = 0; i < total_conns; i++) {
        conn *c = &conns[i];
        int waiting = c->state == CONNECTING || c->state == BUSY;
        uint64_t since = c->kind == K_STREAM || c->state == CONNECTING ? c->opened : c->sent;
        if (waiting && now - since > at(timeout_s)) conn_lost(c, E_TIMEOUT);
        if (c->state == CLOSED && c->kind != K_STREAM && !finished) conn_open(c);
    }
}

static uint64_t tick(uint64_t now) {
    uint64_t next = t_scan + SEC / 10;
    if (now >= next) {
        t_scan = now;
        scan(now);
        next = now + SEC / 10;
    }
    if (mode == M_RPC || mode == M_RATE) {
        if (!t_begin) {
            int ready = 0;
            for (int i = 0; i < total_conns; i++) ready += conns[i].state == READY && conns[i].step == 2;
            if (ready < total_conns && now - t_ready < at(timeout_s)) return next;
            t_begin = now;
            t_measure = now + at(warmup);
            t_end = t_measure + at(seconds);
            n_calls = (uint64_t)((warmup + seconds) * per_second);
            if (mode == M_RPC)
                for (int i = 0; i < total_conns; i++)
                    if (conns[i].state == READY && conns[i].step == 2) on_ready(&conns[i]);
        }
        if (mode == M_RPC) {
            finished = now >= t_end;
            return t_end < next ? t_end : next;
        }
        static int turn;
        for (int tried = 0; next_seq < n_calls && tried < total_conns; tried++) {
            uint64_t due = t_begin + (uint64_t)((double)next_seq * SEC / per_second);
            if (due > now) return due < next ? due : next;
            conn *c = &conns[turn++ % total_conns];
            if (c->state != READY || c->step != 2) continue;
            send_call(c, next_seq++, due);
            tried = -1;
        }
        if (now >= t_end && next_seq >= n_calls && !outstanding) finished = 1;
        if (now >= t_end + at(timeout_s)) finished = 1;
        return next;
    }
    run_jobs();
    if (phase_no == 0) { /* opening the sessions, at most 64 at a time */
        while (opened_count < n_sessions && opened_count - up_count - failed_count - lost_streams < 64) conn_open(&conns[opened_count++]);
        if (up_count + failed_count + lost_streams < n_sessions) return next < now + SEC / 1000 ? next : now + SEC / 1000;
        t_setup = now_ns() - t_ready;
        phase_no = 1;
        t_begin = t_measure = now_ns();
        t_end = t_begin + at(seconds);
        n_calls = mode == M_SSE ? (uint64_t)(seconds * per_second) : 0;
        if (!up_count) finished = 1;
        call_state = calloc(n_calls + 1, 1);
        if (mode == M_HOLD || announce) printf("{\"event\":\"ready\",\"up\":%d,\"failed\":%d}\n", up_count, failed_count), fflush(stdout);
    }
    while (next_seq < n_calls) {
        uint64_t due = t_begin + (uint64_t)((double)next_seq * SEC / per_second);
        if (due > now) {
            if (due < next) next = due;
            break;
        }
        add_job((int)(next_seq % (uint64_t)n_sessions), J_CALL, (int64_t)next_seq);
        next_seq++;
        run_jobs();
    }
    if (now >= t_end && (answered >= next_seq || now >= t_end + at(timeout_s))) finished = 1;
    return next < t_end || now >= t_end ? next : t_end;
}

static void report(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    double cpu = (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
    uint64_t bad = 0;
    if (mode == M_RATE) errors[E_TIMEOUT] += n_calls - next_seq + (uint64_t)outstanding;
    if (mode == M_SSE) errors[E_LOST] = n_calls - answered;
    for (int i = 0; i < E_COUNT; i++) bad += errors[i];
    static const char *const names[] = {"rpc", "rate", "sse", "hold"};
    if (!as_json) {
        printf("%s %.1f s: %llu right answers, %.1f/s, %llu errors\n", names[mode], seconds, (unsigned long long)ok_count,
               (double)ok_count / seconds, (unsigned long long)bad);
        if (latency.n)
            printf("latency us: p50 %.0f  p90 %.0f  p99 %.0f  p99.9 %.0f  max %.0f\n", hist_us(&latency, .5),
                   hist_us(&latency, .9), hist_us(&latency, .99), hist_us(&latency, .999), (double)latency.max / 1000);
        if (mode >= M_SSE)
            printf("sessions: %d up, %d failed, %d lost later; set up %.0f/s, p50 %.0f us, p99 %.0f us; pings %llu\n", up_count,
                   failed_count, lost_streams, up_count / ((double)t_setup / SEC), hist_us(&setup_time, .5),
                   hist_us(&setup_time, .99), (unsigned long long)pings);
        for (int i = 0; i < E_COUNT; i++)
            if (errors[i]) printf("errors: %s %llu\n", error_names[i], (unsigned long long)errors[i]);
        if (*sample) printf("first error: %s\n", sample);
    } else {
        printf("{\"mode\":\"%s\",\"seconds\":%.3f,\"sent\":%llu,\"ok\":%llu,\"rps\":%.2f,\"errors_total\":%llu,\"errors\":{", names[mode],
               seconds, (unsigned long long)sent_count, (unsigned long long)ok_count, (double)ok_count / seconds, (unsigned long long)bad);
        for (int i = 0, k = 0; i < E_COUNT; i++)
            if (errors[i]) printf("%s\"%s\":%llu", k++ ? "," : "", error_names[i], (unsigned long long)errors[i]);
        printf("},\"statuses\":{");
        for (int i = 0, k = 0; i < 600; i++)
            if (status_count[i]) printf("%s\"%d\":%llu", k++ ? "," : "", i, (unsigned long long)status_count[i]);
        printf("},\"reconnects\":%llu,\"load_cpu_s\":%.3f,\"sessions\":{\"up\":%d,\"failed\":%d,\"lost\":%d,\"per_second\":%.1f,\"pings\":%llu},",
               (unsigned long long)reconnects, cpu, up_count, failed_count, lost_streams,
               t_setup ? up_count / ((double)t_setup / SEC) : 0.0, (unsigned long long)pings);
        hist_json(stdout, "latency_us", &latency);
        putchar(',');
        hist_json(stdout, "setup_us", &setup_time);
        putchar(',');
        hist_json(stdout, "send_delay_us", &send_delay);
        printf(",\"first_error\":\"%s\"}\n", sample);
    }
    exit(bad || (mode != M_HOLD && !ok_count) || (mode >= M_SSE && !up_count));
}

/* ---- options ---- */
static void parse_url(const char *url) {
    char name[64] = {0};
    const char *slash = strncmp(url, "http://", 7) ? NULL : strchr(url + 7, '/');
    int port = 80;
    if (!slash || slash - url - 7 >= (int)sizeof name) die("the URL must look like http://127.0.0.1:8080/path");
    memcpy(host, url + 7, (size_t)(slash - url - 7));
    sscanf(host, "%63[^:]:%d", name, &port);
    path = strdup(slash);
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (!inet_aton(strcmp(name, "localhost") ? name : "127.0.0.1", &address.sin_addr)) die("the host must be an IPv4 address or localhost");
}

static void add_head(const char *token) {
    size_t n = strlen(host) + strlen(token) + strlen(extra_headers) + 128;
    char *h = malloc(n);
    int k = snprintf(h, n, "Host: %s\r\n", host);
    if (*token) k += snprintf(h + k, n - (size_t)k, "Authorization: Bearer %s\r\n", token);
    snprintf(h + k, n - (size_t)k, "%s%s", extra_headers, mode >= M_SSE ? "" : "Accept: application/json, text/event-stream\r\n");
    heads = realloc(heads, sizeof *heads * (size_t)(n_tokens + 1));
    heads[n_tokens++] = h;
}

static void add_tokens(const char *token, const char *file) {
    char line[16384];
    FILE *f = file ? fopen(file, "r") : NULL;
    if (file && !f) die("cannot read the token file");
    if (!file) add_head(token);
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = 0;
        if (*line) add_head(line);
    }
    if (f) fclose(f);
    if (!n_tokens) die("the token file is empty");
}

static void usage(void) {
    die("usage: loadgen rpc|rate|sse|hold [-c CONNS] [-n SESSIONS] [-d SECONDS] [-r PER_SECOND] [--warmup S] [--timeout S]\n"
        "  [--token T | --token-file FILE] [--header 'Name: value']... [--tool NAME] [--args JSON] [--method NAME] [--expect TEXT]\n"
        "  [--init] [--protocol VERSION] [--posts N] [--bare] [--announce] [--json] URL");
}

int main(int argc, char **argv) {
    const char *token = "", *token_file = NULL, *tool = "echo", *args = "{}", *method = "tools/call", *url = NULL;
    static const char *const names[] = {"rpc", "rate", "sse", "hold"};
    if (argc < 3) usage();
    for (mode = 0; mode < 4 && strcmp(argv[1], names[mode]);) mode++;
    if (mode == 4) usage();
    buf extra = {0};
    for (int i = 2; i < argc; i++) {
        const char *a = argv[i], *v = i + 1 < argc ? argv[i + 1] : NULL;
        if (!strcmp(a, "--init")) { with_init = 1; continue; }
        if (!strcmp(a, "--bare")) { bare = 1; continue; }
        if (!strcmp(a, "--announce")) { announce = 1; continue; }
        if (!strcmp(a, "--json")) { as_json = 1; continue; }
        if (*a != '-') { url = a; continue; }
        if (!v) usage();
        i++;
        if (!strcmp(a, "-c")) n_conns = atoi(v);
        else if (!strcmp(a, "-n")) n_sessions = atoi(v);
        else if (!strcmp(a, "-d")) seconds = atof(v);
        else if (!strcmp(a, "-r")) per_second = atof(v);
        else if (!strcmp(a, "--warmup")) warmup = atof(v);
        else if (!strcmp(a, "--timeout")) timeout_s = atof(v);
        else if (!strcmp(a, "--token")) token = v;
        else if (!strcmp(a, "--token-file")) token_file = v;
        else if (!strcmp(a, "--header")) buf_str(&extra, v), buf_str(&extra, "\r\n");
        else if (!strcmp(a, "--tool")) tool = v;
        else if (!strcmp(a, "--args")) args = v;
        else if (!strcmp(a, "--method")) method = v;
        else if (!strcmp(a, "--expect")) expect = argv[i];
        else if (!strcmp(a, "--protocol")) protocol = argv[i];
        else if (!strcmp(a, "--posts")) n_posts = atoi(v);
        else usage();
    }
    if (!url || per_second <= 0 || seconds <= 0 || n_conns < 1 || n_posts < 1) usage();
    buf_add(&extra, "", 1);
    extra_headers = extra.p;
    parse_url(url);
    add_tokens(token, token_file);
    call_body = malloc(strlen(args) + strlen(tool) + strlen(method) + 128);
    if (!strcmp(method, "tools/call"))
        call_len = (size_t)sprintf(call_body, "{\"jsonrpc\":\"2.0\",\"id\":0000000000,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}", tool, args);
    else
        call_len = (size_t)sprintf(call_body, "{\"jsonrpc\":\"2.0\",\"id\":0000000000,\"method\":\"%s\",\"params\":{}}", method);
    call_id_at = (size_t)(strstr(call_body, "0000000000") - call_body);

    signal(SIGPIPE, SIG_IGN);
    raise_nofile();
    prctl(PR_SET_TIMERSLACK, 1ul);
    ep = epoll_create1(0);
    if (mode >= M_SSE && n_sessions < 1) n_sessions = 100;
    if (mode != M_SSE) n_posts = mode == M_HOLD && with_init ? n_posts : 0;
    total_conns = mode >= M_SSE ? n_sessions + n_posts : n_conns;
    conns = calloc((size_t)total_conns, sizeof *conns);
    t_ready = t_scan = now_ns();
    for (int i = 0; i < total_conns; i++) {
        conns[i].fd = -1;
        conns[i].index = i;
        conns[i].kind = mode < M_SSE ? K_RPC : i < n_sessions ? K_STREAM : K_POST;
        if (conns[i].kind != K_STREAM) conn_open(&conns[i]);
    }
    struct epoll_event ev[256];
    while (!finished) {
        uint64_t now = now_ns(), next = tick(now), wait = next > now ? next - now : 0;
        struct timespec ts = {(time_t)(wait / SEC), (long)(wait % SEC)};
        int n = epoll_pwait2(ep, ev, 256, &ts, NULL);
        for (int i = 0; i < n; i++) on_event(ev[i].data.ptr, ev[i].events);
    }
    report();
}
